package lanes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic that gets more partitions, two and then four: from when on a producer's records go there. */
final class Grown {
    /** `metadata.max.age.ms`; and one that no trial lives to see the end of. */
    private static final int AGE = 3_000;
    private static final int LONG = 300_000;
    /** What the rules in `crates/core/tests/world/added_partitions.rs` give: from, to, in ms after the producer began. */
    private static final long[] FIRST_LOOK = {2_900, 3_700};
    private static final long[] AT_ONCE = {0, 1_500};
    /** In partition 0 of two, and 2 of four. */
    private static final String KEY = IntStream.range(0, 1_000).mapToObj(n -> "order-" + n)
        .filter(key -> place(key, 2) == 0 && place(key, 4) == 2).findFirst().orElseThrow();

    private final Cluster cluster;
    private final Report report;

    private Grown(Cluster cluster, Report report) {
        this.cluster = cluster;
        this.report = report;
    }

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-grown.tsv"), "what, seen");
        try (Cluster cluster = new Cluster(work, 2, Map.of())) {
            Grown grown = new Grown(cluster, report);
            // The first of all is slow.
            try (Sender warm = grown.begin("warm", Map.of())) {
                warm.send(KEY);
            }
            grown.keyed();
            grown.firstRecordLate();
            grown.idle();
            grown.firstRecordAfterwards();
            grown.withoutKeys("java", Map.of("batch.size", "1"));
            grown.withoutKeys("java-round-robin",
                Map.of("partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner"));
            grown.longAge();
            grown.brokenConnection();
        }
        report.save();
    }

    private void keyed() throws Exception {
        try (Sender sender = begin("keyed", Map.of())) {
            sender.send(KEY);
            sender.until(1_000);
            sender.grow();
            told("partitions added 1 s after a producer began: a key goes over, after it began", sender.goesOver(), FIRST_LOOK);
        }
    }

    private void firstRecordLate() throws Exception {
        try (Sender sender = begin("late", Map.of())) {
            sender.until(1_500);
            sender.send(KEY);
            sender.until(2_000);
            sender.grow();
            told("its first record 1.5 s after it began, partitions added after 2 s: the same", sender.goesOver(), FIRST_LOOK);
        }
    }

    private void idle() throws Exception {
        try (Sender sender = begin("idle", Map.of())) {
            sender.send(KEY);
            sender.grow();
            sender.until(AGE + 1_000);
            report.line("it sends nothing until 1 s after that: its next record goes to", sender.send(KEY));
        }
    }

    private void firstRecordAfterwards() throws Exception {
        try (Sender other = begin("other", Map.of("metadata.max.age.ms", LONG)); Sender sender = begin("after", Map.of())) {
            other.send(KEY);
            sender.grow();
            report.line("its first record to the topic comes afterwards: goes to", other.send("after", KEY));
        }
    }

    private void withoutKeys(String client, Map<String, Object> settings) throws Exception {
        try (Sender sender = begin(client, settings)) {
            sender.send(null);
            sender.until(1_000);
            sender.grow();
            TreeSet<Integer> before = new TreeSet<>();
            while (sender.age() < FIRST_LOOK[0]) {
                before.add(sender.send(null));
            }
            sender.until(FIRST_LOOK[1]);
            TreeSet<Integer> after = new TreeSet<>();
            IntStream.range(0, 200).forEach(n -> after.add(sender.send(null)));
            report.line("records without keys, " + client + ": until then to, and afterwards", before + ", " + after);
        }
    }

    private void longAge() throws Exception {
        try (Sender sender = begin("long", Map.of("metadata.max.age.ms", LONG))) {
            sender.send(KEY);
            sender.grow();
            sender.until(2L * AGE);
            report.line("metadata.max.age.ms=" + LONG + ": after 6 s, a record goes to", sender.send(KEY));
        }
    }

    /** Broker 2, which leads a partition, dies: that its connection is closed makes a producer ask. */
    private void brokenConnection() throws Exception {
        try (Sender sender = begin("broken", Map.of("metadata.max.age.ms", LONG))) {
            sender.send(KEY);
            sender.send(IntStream.range(0, 1_000).mapToObj(n -> "k" + n).filter(key -> place(key, 2) == 1).findFirst().orElseThrow());
            sender.grow();
            sender.until(3_000);
            int before = sender.send(KEY);
            cluster.kill(2);
            long killed = sender.age();
            told("the same, from " + before + ", once a broker's connection is closed", sender.goesOver() - killed, AT_ONCE);
        }
    }

    private void told(String what, long ms, long[] range) {
        report.aside(ms + " ms");
        report.line(what, "within " + range[0] + " to " + range[1] + " ms: " + (range[0] <= ms && ms <= range[1]));
    }

    /** A topic of two partitions, on one broker each, and a producer for it. */
    private Sender begin(String topic, Map<String, Object> more) throws Exception {
        cluster.admin.createTopics(List.of(new NewTopic(topic, Map.of(0, List.of(1), 1, List.of(2))))).all().get();
        leaders(topic, 2);
        return new Sender(topic, more);
    }

    private void leaders(String topic, int partitions) throws Exception {
        Wait.until(topic + " has leaders", 20_000, () -> {
            var all = cluster.describe(topic).partitions();
            return all.size() == partitions && all.stream().allMatch(p -> p.leader() != null);
        });
    }

    private static int place(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }

    /** A producer, and where its records go. */
    private final class Sender implements AutoCloseable {
        private final String topic;
        private final KafkaProducer<String, String> producer;
        private final long began;

        Sender(String topic, Map<String, Object> more) {
            this.topic = topic;
            Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers", cluster.servers(), "linger.ms", "0", "metadata.max.age.ms", AGE));
            settings.putAll(more);
            producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
            began = System.nanoTime();
        }

        /** How long it has been there, in ms. */
        long age() {
            return (System.nanoTime() - began) / 1_000_000;
        }

        void until(long age) throws InterruptedException {
            Thread.sleep(Math.max(0, age - age()));
        }

        /** The partition to which a record went. */
        int send(String key) {
            return send(topic, key);
        }

        int send(String topic, String key) {
            try {
                return producer.send(new ProducerRecord<>(topic, key, "v")).get().partition();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Two partitions more, on the broker that lives. */
        void grow() throws Exception {
            NewPartitions two = NewPartitions.increaseTo(4, List.of(List.of(1), List.of(1)));
            cluster.admin.createPartitions(Map.of(topic, two)).all().get();
            leaders(topic, 4);
        }

        /** When a record of the key first goes to its place among four. */
        long goesOver() throws Exception {
            while (send(KEY) != place(KEY, 4)) {
                Thread.sleep(10);
            }
            return age();
        }

        @Override
        public void close() {
            producer.close(java.time.Duration.ZERO);
        }
    }
}
