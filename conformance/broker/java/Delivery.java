package lanes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringSerializer;

/** What becomes of records where brokers hang and die. Three brokers; partitions on 2 and 3, led by 2. */
final class Delivery {
    private static final List<Integer> ON = List.of(2, 3);
    private static final Map<String, String> TWO = Map.of("min.insync.replicas", "2");
    /** Longer than a follower's fetch waits at the leader: after it, the leader owes a hanging follower no answer. */
    private static final long FETCH_IS_OVER_MS = 900;

    private final Cluster cluster;
    private final Report report;

    private Delivery(Cluster cluster, Report report) {
        this.cluster = cluster;
        this.report = report;
    }

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-delivery.tsv"), "what, seen");
        Map<String, String> settings = Map.of("broker.session.timeout.ms", "5000", "broker.heartbeat.interval.ms", "500");
        try (Cluster cluster = new Cluster(work, 3, settings)) {
            Delivery delivery = new Delivery(cluster, report);
            delivery.tooFewInSync();
            delivery.leaderDies("acks=1, the leader dies", "1", Map.of());
            delivery.leaderDies("acks=all, min.insync.replicas=2, the leader dies", "all", TWO);
            delivery.retriedUnawares("without idempotence, the answer comes too late", "false");
            delivery.retriedUnawares("with idempotence, the answer comes too late", "true");
            delivery.newLeaderKnows();
            delivery.overtaken();
            delivery.outOfOrder("5");
            delivery.outOfOrder("1");
        }
        report.save();
    }

    private void tooFewInSync() throws Exception {
        cluster.topic("few", ON, TWO);
        cluster.kill(3);
        cluster.isr("few", 1);
        try (var once = producer(Map.of("retries", "0", "enable.idempotence", "false"))) {
            report.line("one in sync of two that there must be, retries=0", Report.name(() -> send(once, "few", "a").get()));
        }
        try (var producer = producer(Map.of())) {
            Future<RecordMetadata> sent = send(producer, "few", "b");
            Wait.until("it tries again", 10_000, () -> retries(producer) >= 2);
            report.line("the same, retries as they are", sent.isDone() ? "it ended" : "it tries again");
            cluster.start(3);
            sent.get(60, TimeUnit.SECONDS);
            report.line("once the other is back in sync", "it is confirmed");
        }
        cluster.isr("few", 2);
        report.line("and what the partition holds", cluster.read("few"));
    }

    /** The follower hangs while a record comes in, and leads when it goes on. */
    private void leaderDies(String what, String acks, Map<String, String> configs) throws Exception {
        String topic = "dies-" + acks;
        cluster.topic(topic, ON, configs);
        try (var producer = producer(Map.of("acks", acks))) {
            hangAfterFirst(producer, topic);
            Future<RecordMetadata> during = send(producer, topic, "during");
            report.line(what + ": confirmed before that", isDoneWithin(during, 2_000));
            cluster.kill(2);
            cluster.goOn(3);
            cluster.leader(topic, 3);
            Future<RecordMetadata> after = send(producer, topic, "after");
            if (acks.equals("all")) {
                Wait.until("it tries again", 30_000, () -> retries(producer) >= 2);
                report.line(what + ": while one is in sync, confirmed", during.isDone() || after.isDone());
            }
            cluster.start(2);
            during.get(60, TimeUnit.SECONDS);
            after.get(60, TimeUnit.SECONDS);
        }
        cluster.isr(topic, 2);
        report.line(what + ": all three confirmed; the partition holds", cluster.read(topic));
        back(topic);
    }

    /** The follower hangs for longer than a request may take: the record is stored, and its sender does not know. */
    private void retriedUnawares(String what, String idempotence) throws Exception {
        String topic = "late-" + idempotence;
        cluster.topic(topic, ON, Map.of());
        Map<String, String> settings = Map.of("enable.idempotence", idempotence, "request.timeout.ms", "1500",
            "delivery.timeout.ms", "60000", "retry.backoff.ms", "1000");
        try (var producer = producer(settings)) {
            hangAfterFirst(producer, topic);
            double before = retries(producer);
            Future<RecordMetadata> sent = send(producer, topic, "once");
            Wait.until("it tries again", 20_000, () -> retries(producer) > before);
            cluster.goOn(3);
            sent.get(60, TimeUnit.SECONDS);
        }
        List<String> held = cluster.read(topic);
        report.aside(held.toString());
        report.line(what + ": copies of the record", held.size() > 2 ? "more than one" : "one");
    }

    /** A first record is on both; then the follower hangs, and no fetch of its waits for an answer. */
    private void hangAfterFirst(KafkaProducer<String, String> producer, String topic) throws Exception {
        send(producer, topic, "before").get();
        TopicPartition at = new TopicPartition(topic, 0);
        Wait.until("both have the first record", 20_000,
            () -> cluster.admin.listOffsets(Map.of(at, OffsetSpec.latest())).partitionResult(at).get().offset() == 1);
        cluster.hang(3);
        Thread.sleep(FETCH_IS_OVER_MS);
    }

    /** A follower learns numbers with the records. */
    private void newLeaderKnows() throws Exception {
        cluster.topic("knows", ON, TWO);
        try (Raw raw = new Raw(cluster.port(2))) {
            raw.produce("knows", 77, 0, 0, 1);
        }
        cluster.kill(2);
        cluster.leader("knows", 3);
        cluster.start(2);
        cluster.isr("knows", 2);
        try (Raw raw = new Raw(cluster.port(3))) {
            var again = raw.produce("knows", 77, 0, 0, 1);
            report.line("a new leader gets a batch that the one before had confirmed, again",
                Errors.forCode(again.errorCode()) + " at offset " + again.baseOffset());
            report.line("and then leaves a number out", Errors.forCode(
                raw.produce("knows", 77, 0, 5, 1).errorCode()));
        }
        report.line("and what the partition holds", cluster.read("knows").size() + " record");
        back("knows");
    }

    /** The next leader knows nothing of an idempotent producer: it takes the second batch, and never the first. */
    private void overtaken() throws Exception {
        twoLeaders("overtaken", Map.of(), (first, second) -> {
            report.line("the first batch waits at a leader that hangs; the second, to the next leader",
                Report.name(() -> second.get(6, TimeUnit.SECONDS)));
            report.line("and the first, at last", Report.name(() -> first.get(60, TimeUnit.SECONDS)));
        });
        report.line("and what the partition holds", cluster.read("overtaken"));
    }

    private void outOfOrder(String inFlight) throws Exception {
        String topic = "in-flight-" + inFlight;
        Map<String, String> settings = Map.of("enable.idempotence", "false", "max.in.flight.requests.per.connection", inFlight);
        twoLeaders(topic, settings, (first, second) -> {
            first.get(60, TimeUnit.SECONDS);
            second.get(60, TimeUnit.SECONDS);
        });
        report.line("the same without idempotence, " + inFlight + " in flight; the partition holds", cluster.read(topic));
    }

    private interface Told {
        void tell(Future<RecordMetadata> first, Future<RecordMetadata> second) throws Exception;
    }

    /** A first batch waits for a leader that hangs; a second is sent when there is another. */
    private void twoLeaders(String topic, Map<String, String> more, Told told) throws Exception {
        cluster.topic(topic, ON, Map.of());
        cluster.topic(topic + "-warm-1", List.of(1), Map.of());
        cluster.topic(topic + "-warm-2", List.of(2), Map.of());
        Map<String, String> settings = new HashMap<>(Map.of("metadata.max.age.ms", "500", "request.timeout.ms", "15000",
            "delivery.timeout.ms", "40000"));
        settings.putAll(more);
        try (var producer = producer(settings)) {
            // It has its id, knows the leaders, and has connections to the one that hangs and to another.
            send(producer, topic + "-warm-1", "v").get();
            send(producer, topic + "-warm-2", "v").get();
            producer.partitionsFor(topic);
            cluster.hang(2);
            Future<RecordMetadata> first = send(producer, topic, "first");
            cluster.leader(topic, 3);
            Thread.sleep(1_000);
            told.tell(first, send(producer, topic, "second"));
        }
        cluster.goOn(2);
        cluster.isr(topic, 2);
        back(topic);
    }

    /** Broker 2 leads again. */
    private void back(String topic) throws Exception {
        cluster.admin.electLeaders(org.apache.kafka.common.ElectionType.PREFERRED, null).partitions().get();
        cluster.leader(topic, 2);
    }

    private KafkaProducer<String, String> producer(Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.servers(), "linger.ms", "0"));
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static Future<RecordMetadata> send(KafkaProducer<String, String> producer, String topic, String value) {
        return producer.send(new ProducerRecord<>(topic, 0, null, value));
    }

    private static boolean isDoneWithin(Future<?> sent, long millis) throws Exception {
        try {
            sent.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        }
    }

    static double retries(KafkaProducer<?, ?> producer) {
        return producer.metrics().entrySet().stream()
            .filter(e -> e.getKey().name().equals("record-retry-total") && e.getKey().group().equals("producer-metrics"))
            .mapToDouble(e -> (Double) e.getValue().metricValue()).sum();
    }
}
