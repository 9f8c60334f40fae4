package lanes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How a producer finds a leader that has moved while the former one lives (KIP-951): its answer names the new one, and
 * the client does not wait for `retry.backoff.ms`, which is far longer here than anything else takes.
 */
final class Moved {
    private static final String BACKOFF_MS = "10000";
    private static final long AT_ONCE_MS = 3_000;

    private Moved() {}

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-moved.tsv"), "what, seen");
        try (Cluster cluster = new Cluster(work, 3, Map.of())) {
            for (String acks : List.of("all", "1")) {
                round(cluster, report, acks);
            }
        }
        report.save();
    }

    private static void round(Cluster cluster, Report report, String acks) throws Exception {
        String topic = "moves-" + acks;
        TopicPartition at = new TopicPartition(topic, 0);
        cluster.topic(topic, List.of(2, 3), Map.of());
        Map<String, Object> settings = Map.of("bootstrap.servers", cluster.servers(), "linger.ms", "0", "acks", acks,
            "retry.backoff.ms", BACKOFF_MS, "retry.backoff.max.ms", BACKOFF_MS);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "before")).get(30, TimeUnit.SECONDS);
            var order = Optional.of(new NewPartitionReassignment(List.of(3, 2)));
            cluster.admin.alterPartitionReassignments(Map.of(at, order)).all().get();
            Wait.until("the order is another", 30_000,
                () -> cluster.describe(topic).partitions().get(0).replicas().get(0).id() == 3);
            cluster.admin.electLeaders(ElectionType.PREFERRED, Set.of(at)).partitions().get();
            cluster.leader(topic, 3);
            long since = System.nanoTime();
            producer.send(new ProducerRecord<>(topic, "after")).get(60, TimeUnit.SECONDS);
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
            report.aside("acks=" + acks + ": " + waited + " ms");
            report.line("acks=" + acks + ", the leader has moved: a record is tried again", Delivery.retries(producer) > 0);
            report.line("acks=" + acks + ", retry.backoff.ms=10 s: it is confirmed",
                waited < AT_ONCE_MS ? "at once" : "after a backoff");
        }
    }
}
