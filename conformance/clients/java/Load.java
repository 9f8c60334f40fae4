package org.apache.kafka.clients.producer.internals;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.apache.kafka.clients.MetadataSnapshot;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataResponse.PartitionMetadata;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Has Kafka's own accumulator weigh its queues: Load OUT-FOLDER.
 *
 * A case a line: partitions of the topic; PARTITION:BATCHES with l for a known leader and t for a late broker, for each
 * partition that has a queue; then PARTITION:WEIGHT for each that can be picked, or - where all are alike.
 */
public class Load {
    private static final long SEED = 795;
    private static final int CASES = 1200;
    private static final int BATCH_SIZE = 100;
    private static final long AVAILABILITY_TIMEOUT_MS = 500;

    public static void main(String[] args) throws Exception {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder("# " + header() + "\n");
        for (int one = 0; one < CASES; one++)
            text.append(one(random)).append('\n');
        Files.writeString(Path.of(args[0], "partition-java-load.tsv"), text);
    }

    private static String one(Random random) throws Exception {
        int partitions = 1 + random.nextInt(8);
        int most = 1 + random.nextInt(5);
        boolean everyQueue = random.nextInt(5) > 0;
        boolean anyLate = random.nextBoolean();
        boolean anyUnled = random.nextInt(3) == 0;
        Metrics metrics = new Metrics();
        // It is asked about more than it holds memory for; what is taken out of its queues is not given back.
        BufferPool pool = new BufferPool(1 << 22, BATCH_SIZE, metrics, Time.SYSTEM, "load");
        RecordAccumulator accumulator = new RecordAccumulator(new LogContext(), BATCH_SIZE, Compression.NONE, 0, 100, 1000,
            120_000, new RecordAccumulator.PartitionerConfig(true, AVAILABILITY_TIMEOUT_MS), metrics, "load", Time.SYSTEM,
            null, pool);
        Map<Integer, Node> nodes = new HashMap<>();
        List<PartitionMetadata> metadata = new ArrayList<>();
        List<String> queues = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            // A broker for each partition, so that each can be late by itself.
            nodes.put(partition, new Node(partition, "127.0.0.1", 1 + partition));
            boolean led = !anyUnled || random.nextBoolean();
            boolean late = anyLate && random.nextInt(3) == 0;
            List<Integer> replicas = List.of(partition);
            metadata.add(new PartitionMetadata(Errors.NONE, new TopicPartition("t", partition),
                led ? Optional.of(partition) : Optional.empty(), Optional.of(1), replicas, replicas, List.of()));
            accumulator.updateNodeLatencyStats(partition, 1000, true);
            accumulator.updateNodeLatencyStats(partition, 1000 + AVAILABILITY_TIMEOUT_MS + (late ? 1 : 0), false);
            if (!everyQueue && random.nextInt(3) == 0)
                continue;
            int batches = random.nextInt(most + 1);
            queues.add(partition + ":" + batches + (led ? "l" : "") + (late ? "t" : ""));
            fill(accumulator, partition, batches);
        }
        MetadataSnapshot snapshot = new MetadataSnapshot("c", nodes, metadata, Set.of(), Set.of(), Set.of(), null, Map.of());
        accumulator.ready(snapshot, Time.SYSTEM.milliseconds());
        return partitions + "\t" + String.join(",", queues) + "\t" + (queues.isEmpty() ? "-" : weights(accumulator));
    }

    private static void fill(RecordAccumulator accumulator, int partition, int batches) throws Exception {
        // Each record is larger than a batch.
        byte[] value = new byte[2 * BATCH_SIZE];
        for (int batch = 0; batch < Math.max(1, batches); batch++)
            accumulator.append("t", partition, 0, null, value, new Header[0], null, 1000, Time.SYSTEM.milliseconds(), null);
        // A queue stays when its batches are gone.
        if (batches == 0)
            accumulator.getDeque(new TopicPartition("t", partition)).clear();
    }

    private static String weights(RecordAccumulator accumulator) throws Exception {
        Field field = BuiltInPartitioner.class.getDeclaredField("partitionLoadStats");
        field.setAccessible(true);
        Object stats = field.get(accumulator.getBuiltInPartitioner("t"));
        if (stats == null)
            return "-";
        int[] sums = (int[]) part(stats, "cumulativeFrequencyTable");
        int[] ids = (int[]) part(stats, "partitionIds");
        List<String> weights = new ArrayList<>();
        for (int index = 0; index < (int) part(stats, "length"); index++)
            weights.add(ids[index] + ":" + (sums[index] - (index == 0 ? 0 : sums[index - 1])));
        return String.join(",", weights);
    }

    private static Object part(Object stats, String name) throws Exception {
        Field field = stats.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(stats);
    }

    private static String header() throws Exception {
        Path jar = Path.of(RecordAccumulator.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        return "{\"tool\": \"Apache Kafka, RecordAccumulator\", \"version\": \"" + AppInfoParser.getVersion()
            + "\", \"artifact\": \"" + jar.getFileName() + "\", \"sha256\": \"" + HexFormat.of().formatHex(sum)
            + "\", \"seed\": " + SEED + ", \"made\": \"Load.java: its queues filled at random; it says what a line means\"}";
    }
}
