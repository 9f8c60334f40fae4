package org.apache.kafka.clients.producer.internals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.LogContext;

/**
 * Has Kafka's own partitioners take random sequences of records without keys: Sticky OUT-FOLDER.
 *
 * A case a line: batch.size, partitions, the available ones, then what happened, each with Kafka's answer.
 * c:FULL:RANDOM=P      where the next record goes, the last batch in that queue being full or not
 * a:BYTES:FULL:RANDOM=P  a record was appended; P is the partition from now on, with > for = where it was picked anew
 * l:SIZES:IDS:LENGTH   the load is computed from queues;  l  there is none
 * r=P                  what the round-robin partitioner answers
 */
public class Sticky extends BuiltInPartitioner {
    private static final long SEED = 794;
    private static final int CASES = 160;
    private static final int STEPS = 40;
    private static final int[] BATCH_SIZES = {1, 100, 1000, 16384, 16384, 1 << 30, Integer.MAX_VALUE};

    private final Random random;
    private int next;

    private Sticky(int batchSize, Random random) {
        super(new LogContext(), "t", batchSize);
        this.random = random;
    }

    @Override
    int randomPartition() {
        return next;
    }

    public static void main(String[] args) throws Exception {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder("# " + header() + "\n");
        for (int one = 0; one < CASES; one++)
            text.append(one(random)).append('\n');
        Files.writeString(Path.of(args[0], "partition-java-unkeyed.tsv"), text);
    }

    private static String one(Random random) {
        int batchSize = BATCH_SIZES[random.nextInt(BATCH_SIZES.length)];
        int partitions = 1 + random.nextInt(12);
        // Every third topic has lost some leaders, perhaps all.
        int[] available = IntStream.range(0, partitions).filter(p -> random.nextInt(3) > 0).toArray();
        if (random.nextInt(3) > 0)
            available = IntStream.range(0, partitions).toArray();
        Cluster cluster = cluster(partitions, available);
        Sticky sticky = new Sticky(batchSize, random);
        List<String> steps = new ArrayList<>(List.of(batchSize + "", partitions + "", joined(available, available.length)));
        try (RoundRobinPartitioner turns = new RoundRobinPartitioner()) {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> steps.add(sticky.load(partitions));
                    case 1 -> steps.add("r=" + turns.partition("t", null, null, null, null, cluster));
                    case 2, 3 -> steps.add(sticky.choose(cluster));
                    default -> {
                        steps.add(sticky.choose(cluster));
                        steps.add(sticky.append(batchSize, cluster));
                    }
                }
            }
        }
        return String.join("\t", steps);
    }

    /** As RecordAccumulator.append does before the append. */
    private String choose(Cluster cluster) {
        next = random.nextInt(Integer.MAX_VALUE);
        boolean full = random.nextBoolean();
        StickyPartitionInfo info = peekCurrentPartitionInfo(cluster);
        if (full)
            updatePartitionInfo(info, 0, cluster, true);
        return "c:" + (full ? 1 : 0) + ":" + next + "=" + peekCurrentPartitionInfo(cluster).partition();
    }

    /** And after it. */
    private String append(int batchSize, Cluster cluster) {
        next = random.nextInt(Integer.MAX_VALUE);
        boolean full = random.nextBoolean();
        int bytes = 1 + random.nextInt((int) Math.min(Integer.MAX_VALUE - 1L, 2L * batchSize));
        // Mostly small beside a batch, so that several fit.
        if (random.nextInt(4) > 0)
            bytes = 1 + bytes / 5;
        StickyPartitionInfo info = peekCurrentPartitionInfo(cluster);
        updatePartitionInfo(info, bytes, cluster, full);
        return "a:" + bytes + ":" + (full ? 1 : 0) + ":" + next
            + (isPartitionChanged(info) ? ">" : "=") + peekCurrentPartitionInfo(cluster).partition();
    }

    private String load(int partitions) {
        if (random.nextInt(5) == 0) {
            updatePartitionLoadStats(null, null, 0);
            return "l";
        }
        int most = 1 + random.nextInt(4);
        int[] sizes = IntStream.range(0, partitions).map(p -> random.nextInt(most)).toArray();
        int[] ids = IntStream.range(0, partitions).toArray();
        int length = random.nextInt(3) > 0 ? partitions : random.nextInt(partitions + 1);
        String step = "l:" + joined(sizes, partitions) + ":" + joined(ids, partitions) + ":" + length;
        updatePartitionLoadStats(sizes, ids, length);
        return step;
    }

    private static String joined(int[] numbers, int length) {
        return IntStream.of(numbers).limit(length).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    private static Cluster cluster(int partitions, int[] available) {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] nodes = {node};
        List<PartitionInfo> infos = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            int number = partition;
            boolean led = IntStream.of(available).anyMatch(one -> one == number);
            infos.add(new PartitionInfo("t", partition, led ? node : null, nodes, nodes));
        }
        return new Cluster("c", List.of(node), infos, Set.of(), Set.of());
    }

    private static String header() throws Exception {
        Path jar = Path.of(BuiltInPartitioner.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        return "{\"tool\": \"Apache Kafka, BuiltInPartitioner and RoundRobinPartitioner\", \"version\": \""
            + AppInfoParser.getVersion() + "\", \"artifact\": \"" + jar.getFileName() + "\", \"sha256\": \""
            + HexFormat.of().formatHex(sum) + "\", \"seed\": " + SEED + ", "
            + "\"made\": \"Sticky.java: random numbers in place of the class's own; it says what the steps mean\"}";
    }
}
