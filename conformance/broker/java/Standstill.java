package lanes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * How long partitions stand still: twelve, read by three, heartbeats every 3 s (consumer protocol 5 s), sessions of 6 s.
 * A partition stands from when its owner let go of it, or was ended, until a member has it again.
 */
final class Standstill {
    private static final int PARTITIONS = 12;
    private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";
    static final Map<String, Map<String, String>> HOW = Map.of(
        "eager", Map.of("partition.assignment.strategy", ASSIGNORS + "RoundRobinAssignor", "session.timeout.ms", "6000"),
        "cooperative",
            Map.of("partition.assignment.strategy", ASSIGNORS + "CooperativeStickyAssignor", "session.timeout.ms", "6000"),
        "consumer", Map.of("group.protocol", "consumer"));
    /** What the rules in `crates/core/tests/world/standstill.rs` give: from, to, in ms. A second run finds other phases. */
    private static final long[][] JOIN = {{0, 150}, {2_900, 3_300}, {0, 5_200}};
    private static final long[][] KILL = {{3_000, 9_200}, {3_000, 9_200}, {1_000, 11_200}};
    private static final long[] BACK = {1_900, 2_500};
    static final List<String> PROTOCOLS = List.of("eager", "cooperative", "consumer");

    private final Cluster cluster;
    private final Report report;
    /** When a partition was let go of; nobody has it since. */
    private final Map<TopicPartition, Long> stopped = new ConcurrentHashMap<>();
    /** How long it stood, and whose it was and is. */
    private final Map<TopicPartition, Long> stood = new ConcurrentHashMap<>();
    private final Map<TopicPartition, String> owner = new ConcurrentHashMap<>();
    private final Map<TopicPartition, String> former = new ConcurrentHashMap<>();
    private final Set<TopicPartition> moved = ConcurrentHashMap.newKeySet();

    private Standstill(Cluster cluster, Report report) {
        this.cluster = cluster;
        this.report = report;
    }

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-standstill.tsv"), "what, protocol, partitions that stood, from and to ms, so it was");
        Map<String, String> settings = Map.of(
            "group.consumer.session.timeout.ms", "6000", "group.consumer.min.session.timeout.ms", "6000");
        try (Cluster cluster = new Cluster(work, 1, settings)) {
            for (int n = 0; n < PROTOCOLS.size(); n++) {
                String how = PROTOCOLS.get(n);
                new Standstill(cluster, report).joins(how, JOIN[n]);
                new Standstill(cluster, report).isKilled(work, how, KILL[n]);
                new Standstill(cluster, report).comesBack(how);
            }
        }
        report.save();
    }

    private void joins(String how, long[] range) throws Exception {
        String group = begin(how, "join");
        List<Member> members = start(group, how, false, 3);
        // Heartbeats are in step from the last round on: this is about a second after one.
        members.add(new Member(group, "c4", settings(how)));
        settled(4);
        report.aside("the newcomer waits for its first partition, ms: " + members.get(3).waited);
        told("a fourth joins", how, how.equals("eager") ? stood.keySet() : moved, range);
        members.forEach(Member::end);
    }

    private void isKilled(Path work, String how, long[] range) throws Exception {
        String group = begin(how, "kill");
        List<Member> members = start(group, how, false, 2);
        List<String> words = new ArrayList<>(List.of("lanes.Fixed$Alone", cluster.servers(), group));
        settings(how).forEach((key, value) -> words.add(key + "=" + value));
        Process third = Cluster.java("64m", work.resolve(group), words.toArray(String[]::new));
        try {
            Wait.until("two of three hold eight", 40_000, () -> owner.size() == 8);
            Thread.sleep(8_000);
            List<TopicPartition> its = IntStream.range(0, PARTITIONS).mapToObj(n -> new TopicPartition(group, n))
                .filter(at -> !owner.containsKey(at)).toList();
            stood.clear();
            long now = System.nanoTime();
            its.forEach(at -> stopped.put(at, now));
            third.destroyForcibly().waitFor();
            settled(2);
            told("one is killed", how, its, range);
        } finally {
            third.destroyForcibly();
        }
        members.forEach(Member::end);
    }

    private void comesBack(String how) throws Exception {
        String group = begin(how, "static");
        List<Member> members = start(group, how, true, 3);
        long before = stood.size();
        Member second = members.get(1);
        List<TopicPartition> its = owner.entrySet().stream().filter(e -> e.getValue().equals("c2")).map(Map.Entry::getKey).toList();
        // A static member that closes lets go, and its consumer does not say so to the group.
        long now = System.nanoTime();
        its.forEach(at -> stopped.put(at, now));
        second.end();
        Thread.sleep(Math.max(0, 2_000 - (System.nanoTime() - now) / 1_000_000));
        members.set(1, new Member(group, "c2", fixed(how, "c2")));
        settled(3);
        told("a static member closes, and is back after 2 s", how, its, BACK);
        report.line("the others' partitions meanwhile", how, stood.size() - before - its.size(), 0, 0, true);
        members.forEach(Member::end);
    }

    private String begin(String how, String what) throws Exception {
        String group = how + "-" + what;
        cluster.topic(group, PARTITIONS);
        return group;
    }

    private List<Member> start(String group, String how, boolean isFixed, int count) throws Exception {
        List<Member> members = new ArrayList<>();
        for (int n = 1; n <= count; n++) {
            members.add(new Member(group, "c" + n, isFixed ? fixed(how, "c" + n) : settings(how)));
        }
        settled(count);
        Thread.sleep(7_000);
        stood.clear();
        moved.clear();
        return members;
    }

    /** Waits until so many members hold all, evenly. */
    private void settled(int members) throws Exception {
        Wait.until("all is shared out among " + members, 60_000, () -> {
            Map<String, Integer> held = new HashMap<>();
            owner.values().forEach(who -> held.merge(who, 1, Integer::sum));
            return stopped.isEmpty() && held.size() == members && held.values().stream().allMatch(n -> n == PARTITIONS / members);
        });
    }

    private void told(String what, String how, Collection<TopicPartition> which, long[] range) {
        List<Long> spans = which.stream().map(stood::get).sorted().toList();
        report.aside(what + ", " + how + ", ms: " + spans);
        boolean within = spans.stream().allMatch(span -> span != null && span >= range[0] && span <= range[1]);
        report.line(what, how, spans.size(), range[0], range[1], within);
    }

    private Map<String, String> settings(String how) {
        return HOW.get(how);
    }

    private Map<String, String> fixed(String how, String instance) {
        Map<String, String> settings = new HashMap<>(HOW.get(how));
        settings.put("group.instance.id", instance);
        return settings;
    }

    static KafkaConsumer<String, String> consumer(String servers, String group, Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", servers, "group.id", group));
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** A consumer that polls in a thread, and says what it gets and loses. */
    private final class Member implements ConsumerRebalanceListener {
        private final String name;
        private final Thread thread;
        private final long began = System.nanoTime();
        private volatile boolean ends;
        private volatile long waited = -1;

        Member(String group, String name, Map<String, String> settings) {
            this.name = name;
            thread = new Thread(() -> {
                try (var consumer = consumer(cluster.servers(), group, settings)) {
                    consumer.subscribe(List.of(group), this);
                    while (!ends) {
                        consumer.poll(Duration.ofMillis(20));
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        void end() {
            ends = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            long now = System.nanoTime();
            for (TopicPartition at : partitions) {
                owner.remove(at, name);
                former.put(at, name);
                stopped.putIfAbsent(at, now);
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            long now = System.nanoTime();
            if (waited < 0 && !partitions.isEmpty()) {
                waited = (now - began) / 1_000_000;
            }
            for (TopicPartition at : partitions) {
                owner.put(at, name);
                Long since = stopped.remove(at);
                if (since != null) {
                    stood.put(at, (now - since) / 1_000_000);
                }
                if (since != null && !name.equals(former.get(at))) {
                    moved.add(at);
                }
            }
        }
    }
}
