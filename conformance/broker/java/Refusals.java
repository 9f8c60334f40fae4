package lanes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    private void topics() {
        said("more copies than brokers", () -> create(new NewTopic("many", 1, (short) 2)));
        said("no copy", () -> create(new NewTopic("none", 1, (short) 0)));
        said("no partition", () -> create(new NewTopic("empty", 0, (short) 1)));
        said("a topic that is there", () -> create(new NewTopic("orders", 1, (short) 1)));
        said("a topic called \"a b\"", () -> create(new NewTopic("a b", 1, (short) 1)));
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
        said("a reader with no offset and auto.offset.reset=none", () -> second("nowhere",
            Map.of("auto.offset.reset", "none"), Map.of("auto.offset.reset", "none"), Who.FIRST));
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
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.servers()));
        settings.putAll(more);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "v")).get(20, TimeUnit.SECONDS);
        }
    }
}
