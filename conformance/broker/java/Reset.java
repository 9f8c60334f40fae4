package lanes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A group that finds an added partition, into which records have gone already. */
final class Reset {
    private static final int EARLY = 10;
    private static final int LATE = 5;

    private Reset() {}

    static void run(Path work, Path out) throws Exception {
        Report report = new Report(out.resolve("broker-reset.tsv"), "group, records before the group finds the partition, after, read");
        try (Cluster cluster = new Cluster(work, 1, Map.of("group.initial.rebalance.delay.ms", "0"))) {
            for (String protocol : List.of("classic", "consumer")) {
                for (String reset : List.of("latest", "earliest")) {
                    report.line(protocol + ", auto.offset.reset=" + reset, EARLY, LATE, read(cluster, report, protocol, reset));
                }
            }
        }
        report.save();
    }

    private static int read(Cluster cluster, Report report, String protocol, String reset) throws Exception {
        String topic = protocol + "-" + reset;
        cluster.topic(topic, 1);
        TopicPartition added = new TopicPartition(topic, 1);
        Map<String, Object> settings = new HashMap<>(Map.of("bootstrap.servers", cluster.servers(), "group.id", topic,
            "group.protocol", protocol, "auto.offset.reset", reset, "metadata.max.age.ms", "4000"));
        Map<String, Object> sends = Map.of("bootstrap.servers", cluster.servers());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Wait.until("the group reads", 30_000, () -> {
                consumer.poll(Duration.ofMillis(50));
                return consumer.assignment().size() == 1;
            });
            cluster.admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2))).all().get();
            long start = System.nanoTime();
            Wait.until("it has a leader", 20_000, () -> cluster.describe(topic).partitions().size() == 2);
            // A producer that knows of the partition from its first look.
            try (var producer = new KafkaProducer<>(sends, new StringSerializer(), new StringSerializer())) {
                send(producer, topic, EARLY);
                int[] read = {0};
                Wait.until("the group finds the partition", 30_000, () -> {
                    read[0] += consumer.poll(Duration.ofMillis(50)).count();
                    return consumer.assignment().contains(added);
                });
                // Where it begins to read is settled before more comes.
                consumer.position(added);
                report.aside("found after " + (System.nanoTime() - start) / 1_000_000 + " ms");
                send(producer, topic, LATE);
                long end = consumer.endOffsets(List.of(added)).get(added);
                Wait.until("all is read", 20_000, () -> {
                    read[0] += consumer.poll(Duration.ofMillis(50)).count();
                    return consumer.position(added) == end;
                });
                return read[0];
            }
        }
    }

    private static void send(KafkaProducer<String, String> producer, String topic, int count) throws Exception {
        for (int n = 0; n < count; n++) {
            producer.send(new ProducerRecord<>(topic, 1, null, "v")).get();
        }
    }
}
