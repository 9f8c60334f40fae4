package lanes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.Errors;

/** What a broker makes of the numbers of idempotent producers. */
final class Sequences {
    private static final long SEED = 1;
    private static final int PRODUCERS = 60;
    private static final int BATCHES = 14;
    private static final String TOPIC = "numbers";

    private final Cluster cluster;
    private final Raw raw;

    private Sequences(Cluster cluster, Raw raw) {
        this.cluster = cluster;
        this.raw = raw;
    }

    static void run(Path work, Path out) throws Exception {
        Map<String, String> settings =
            Map.of("producer.id.expiration.ms", "3000", "producer.id.expiration.check.interval.ms", "200");
        try (Cluster cluster = new Cluster(work, 1, settings); Raw raw = new Raw(cluster.port(1))) {
            cluster.topic(TOPIC, 1);
            Sequences sequences = new Sequences(cluster, raw);
            sequences.random(new Report(out.resolve("broker-sequences.tsv"), "producer epoch first count answer offset; seed " + SEED));
            sequences.forgotten(new Report(out.resolve("broker-forgotten.tsv"), "what, answer"));
        }
    }

    /** Each producer is new to the partition, and goes right and wrong at random. */
    private void random(Report report) throws Exception {
        Random random = new Random(SEED);
        for (int producer = 0; producer < PRODUCERS; producer++) {
            int epoch = random.nextInt(2);
            int next = random.nextInt(2) * random.nextInt(9);
            List<int[]> sent = new ArrayList<>();
            for (int n = 0; n < BATCHES; n++) {
                int[] batch = {epoch, next, 1 + random.nextInt(3)};
                switch (random.nextInt(9)) {
                    case 0 -> batch[1] = random.nextInt(12);
                    case 1 -> batch = new int[] {epoch + 1, random.nextInt(3) == 0 ? next : 0, 1};
                    case 2 -> batch[0] = Math.max(0, epoch - 1);
                    case 3, 4 -> batch = sent.isEmpty() ? batch : sent.get(random.nextInt(sent.size())).clone();
                    default -> {}
                }
                PartitionProduceResponse answer = raw.produce(TOPIC, 1_000 + producer, batch[0], batch[1], batch[2]);
                sent.add(batch);
                report.line(producer, batch[0], batch[1], batch[2], Errors.forCode(answer.errorCode()), answer.baseOffset());
                if (answer.errorCode() == 0 && (batch[0] > epoch || batch[1] >= next)) {
                    epoch = batch[0];
                    next = batch[1] + batch[2];
                }
            }
        }
        report.save();
    }

    /** Where a broker knows nothing, or no longer anything, of a producer. */
    private void forgotten(Report report) throws Exception {
        report.line("new to the partition, first number 0", send(1, 0, 0));
        report.line("new to the partition, first number 7", send(2, 0, 7));
        report.line("new to the partition, epoch 3, first number 7", send(3, 3, 7));
        report.line("after number 7, number 9", send(2, 0, 9));
        report.line("after number 7, number 8", send(2, 0, 8));
        long end = cluster.admin.listOffsets(Map.of(new TopicPartition(TOPIC, 0), org.apache.kafka.clients.admin.OffsetSpec.latest()))
            .partitionResult(new TopicPartition(TOPIC, 0)).get().offset();
        cluster.admin.deleteRecords(Map.of(new TopicPartition(TOPIC, 0), RecordsToDelete.beforeOffset(end))).all().get();
        report.line("all its records deleted, a number left out", send(2, 0, 20));
        report.line("all its records deleted, the next number", send(2, 0, 9));
        Wait.until("the producer is forgotten", 20_000, () -> cluster.admin
            .describeProducers(List.of(new TopicPartition(TOPIC, 0))).partitionResult(new TopicPartition(TOPIC, 0)).get()
            .activeProducers().isEmpty());
        report.line("past producer.id.expiration.ms, a number left out", send(2, 0, 42));
        report.line("after that, the number after it", send(2, 0, 43));
        report.save();
    }

    private Errors send(long producer, int epoch, int first) throws Exception {
        return Errors.forCode(raw.produce(TOPIC, producer, epoch, first, 1).errorCode());
    }
}
