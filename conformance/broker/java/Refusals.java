package lanes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The names that Kafka gives to what it does not do. */
final class Refusals {
    private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

    private final Cluster cluster;
    private final Report report;

    private Refusals(Cluster cluster, Report report) {
        this.cluster = cluster;
        this.report = report;
    }

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-refusals.tsv"), "what, Kafka's name for the error");
        try (Cluster cluster = new Cluster(work, 1, Map.of("group.initial.rebalance.delay.ms", "0"))) {
            Refusals refusals = new Refusals(cluster, report);
            cluster.topic("orders", 2);
            refusals.topics();
            refusals.producers();
            refusals.groups();
        }
        report.save();
    }

    private void topics() throws Exception {
        said("more copies than brokers", () -> create(new NewTopic("many", 1, (short) 2)));
        said("no copy", () -> create(new NewTopic("none", 1, (short) 0)));
        said("no partition", () -> create(new NewTopic("empty", 0, (short) 1)));
        said("a topic that is there", () -> create(new NewTopic("orders", 1, (short) 1)));
        said("a topic called \"a b\"", () -> create(new NewTopic("a b", 1, (short) 1)));
        create(new NewTopic("a.b", 1, (short) 1));
        said("a topic called a_b beside a.b", () -> create(new NewTopic("a_b", 1, (short) 1)));
        said("min.insync.replicas of none", () ->
            create(new NewTopic("lax", 1, (short) 1).configs(Map.of("min.insync.replicas", "0"))));
        said("min.insync.replicas above the copies", () ->
            create(new NewTopic("strict", 1, (short) 1).configs(Map.of("min.insync.replicas", "3"))));
        said("and acks=all to it", () -> send(Map.of(), "strict"));
        said("fewer partitions", () -> partitions("orders", 1));
        said("as many partitions as there are", () -> partitions("orders", 2));
        said("partitions of a topic that is not there", () -> partitions("nothing", 2));
    }

    private void producers() throws Exception {
        try (Raw raw = new Raw(cluster.port(1))) {
            report.line("a batch for a topic that is not there", Errors.forCode(raw.produce("nothing", 1, 0, 0, 1).errorCode()));
        }
        said("a producer to a topic that is not there, without auto-creation", () -> send(Map.of("max.block.ms", "1500"), "nothing"));
        said("idempotence with acks=1", () -> send(Map.of("enable.idempotence", "true", "acks", "1"), "orders"));
        said("acks=1, of idempotence nothing is said", () -> send(Map.of("acks", "1"), "orders"));
        said("idempotence without retries", () -> send(Map.of("enable.idempotence", "true", "retries", "0"), "orders"));
        said("6 in flight, of idempotence nothing is said", () -> send(Map.of("max.in.flight.requests.per.connection", "6"), "orders"));
        said("6 in flight, idempotence off", () ->
            send(Map.of("max.in.flight.requests.per.connection", "6", "enable.idempotence", "false"), "orders"));
        said("none in flight", () -> send(Map.of("max.in.flight.requests.per.connection", "0"), "orders"));
        for (int bytes : List.of(1_048_489, 1_048_490)) {
            said("a record without a key and with " + bytes + " bytes", () -> send(Map.of(), "orders", "v".repeat(bytes)));
        }
        said("a delivery timeout shorter than that of a request", () -> send(Map.of("delivery.timeout.ms", "1000"), "orders"));
    }

    private void groups() throws Exception {
        said("no assignor in common", () -> second("uncommon", Map.of(), Map.of(
            "partition.assignment.strategy", ASSIGNORS + "StickyAssignor"), Who.SECOND));
        said("range and round-robin, of which both know range", () -> second("common", Map.of(
            "partition.assignment.strategy", ASSIGNORS + "RoundRobinAssignor," + ASSIGNORS + "RangeAssignor"), Map.of(
            "partition.assignment.strategy", ASSIGNORS + "RangeAssignor"), Who.SECOND));
        Map<String, Object> fixed = Map.of("group.instance.id", "i");
        said("an instance id in use, classic protocol: the older", () -> second("fixed-classic", fixed, fixed, Who.FIRST));
        Map<String, Object> modern = Map.of("group.instance.id", "i", "group.protocol", "consumer");
        said("an instance id in use, consumer protocol: the newer", () -> second("fixed-consumer", modern, modern, Who.SECOND));
        said("two that assign themselves the same partition", this::both);
        said("a heartbeat as long as a session", () ->
            consumer("slow", Map.of("heartbeat.interval.ms", "6000", "session.timeout.ms", "6000")).close());
        said("no record a poll", () -> consumer("nothing", Map.of("max.poll.records", "0")).close());
        said("a client's assignor with the consumer protocol", () -> consumer("mixed", Map.of(
            "group.protocol", "consumer", "partition.assignment.strategy", ASSIGNORS + "StickyAssignor")).close());
        said("a broker's assignor with the classic protocol", () -> consumer("mixed", Map.of(
            "group.protocol", "classic", "group.remote.assignor", "uniform")).close());
        said("a broker whose groups beat as seldom as their sessions end", () -> new KafkaConfig(Map.of(
            "process.roles", "broker", "node.id", "1", "controller.quorum.voters", "2@localhost:9093",
            "controller.listener.names", "CONTROLLER", "listeners", "PLAINTEXT://localhost:9092",
            "group.consumer.heartbeat.interval.ms", "5000", "group.consumer.session.timeout.ms", "5000",
            "group.consumer.min.session.timeout.ms", "5000"), false));
        said("a reader with no offset and auto.offset.reset=none", () -> second("nowhere",
            Map.of("auto.offset.reset", "none"), Map.of("auto.offset.reset", "none"), Who.FIRST));
    }

    /** Two of one group read one partition by their own choice: both get its record. */
    private void both() throws Exception {
        TopicPartition partition = new TopicPartition("orders", 0);
        try (var one = consumer("both", Map.of()); var other = consumer("both", Map.of())) {
            for (var reader : List.of(one, other)) {
                reader.unsubscribe();
                reader.assign(List.of(partition));
                reader.seekToBeginning(List.of(partition));
            }
            try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", cluster.servers()), new StringSerializer(), new StringSerializer())) {
                producer.send(new ProducerRecord<>("orders", 0, "k", "v")).get(20, TimeUnit.SECONDS);
            }
            for (var reader : List.of(one, other)) {
                Wait.until("it reads", 20_000, () -> !reader.poll(Duration.ofMillis(50)).isEmpty());
                reader.commitSync();
            }
        }
    }

    private enum Who { FIRST, SECOND }

    /** A member joins, then another; what one of them meets with in the next seconds. */
    private void second(String group, Map<String, Object> first, Map<String, Object> second, Who who) throws Exception {
        try (var one = consumer(group, first)) {
            CompletableFuture<Void> other;
            Wait.until("the first is in", 20_000, () -> {
                one.poll(Duration.ofMillis(50));
                return one.assignment().size() == 2;
            });
            other = CompletableFuture.runAsync(() -> poll(group, second));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
            Exception met = null;
            while (met == null && !other.isCompletedExceptionally() && System.nanoTime() < end) {
                try {
                    one.poll(Duration.ofMillis(50));
                } catch (RuntimeException e) {
                    met = e;
                }
            }
            if (who == Who.SECOND) {
                other.get(20, TimeUnit.SECONDS);
            } else if (met != null) {
                throw met;
            }
        }
    }

    private void poll(String group, Map<String, Object> settings) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
        try (var consumer = consumer(group, settings)) {
            while (System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(50));
            }
        }
    }

    private KafkaConsumer<String, String> consumer(String group, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.servers(), "group.id", group));
        settings.putAll(more);
        var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of("orders"));
        return consumer;
    }

    private void said(String what, Report.Attempt attempt) {
        report.line(what, Report.name(attempt));
    }

    private void create(NewTopic topic) throws Exception {
        cluster.admin.createTopics(List.of(topic)).all().get();
    }

    private void partitions(String topic, int count) throws Exception {
        cluster.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(count))).all().get();
    }

    private void send(Map<String, Object> more, String topic) throws Exception {
        send(more, topic, "v");
    }

    private void send(Map<String, Object> more, String topic, String value) throws Exception {
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.servers()));
        settings.putAll(more);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(20, TimeUnit.SECONDS);
        }
    }
}
