import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.common.utils.Utils;

/** Asks Kafka's own producer where keys go: java -cp JARS Partition.java KEYS.tsv OUT-FOLDER */
public class Partition {
    private static final int[] PARTITIONS = {3, 12, 100, 1000};

    public static void main(String[] args) throws Exception {
        List<byte[]> keys = keys(Path.of(args[0]));
        StringBuilder text = new StringBuilder("# " + header(seed(Path.of(args[0]))) + "\n");
        // It connects to nobody until it has something to send.
        Map<String, Object> config = Map.of("bootstrap.servers", "127.0.0.1:1");
        try (var producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            // The one place where all of Kafka's rules come together: no explicit partition, no custom partitioner.
            Method partition = KafkaProducer.class.getDeclaredMethod(
                "partition", ProducerRecord.class, byte[].class, byte[].class, Cluster.class);
            partition.setAccessible(true);
            for (byte[] key : keys) {
                text.append(key == null ? "-" : Utils.murmur2(key));
                for (int partitions : PARTITIONS) {
                    var record = new ProducerRecord<byte[], byte[]>("t", key, new byte[0]);
                    int answer = (int) partition.invoke(producer, record, key, new byte[0], cluster(partitions));
                    // -1, UNKNOWN_PARTITION: the accumulator will pick one.
                    text.append('\t').append(answer == -1 ? "-" : answer);
                }
                text.append('\n');
            }
        }
        Files.writeString(Path.of(args[1], "partition-java.tsv"), text);
    }

    private static List<byte[]> keys(Path path) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            if (!line.startsWith("#"))
                keys.add(line.equals("-") ? null : HexFormat.of().parseHex(line.substring(1)));
        }
        return keys;
    }

    /** What the keys follow from. */
    private static String seed(Path path) throws IOException {
        return Files.readString(path).split("\"seed\": \"", 2)[1].split("\"", 2)[0];
    }

    private static Cluster cluster(int partitions) {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] nodes = {node};
        List<PartitionInfo> infos = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++)
            infos.add(new PartitionInfo("t", partition, node, nodes, nodes));
        return new Cluster("c", List.of(node), infos, Set.of(), Set.of());
    }


    private static String header(String seed) throws Exception {
        Path jar = Path.of(KafkaProducer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
        return "{\"tool\": \"Apache Kafka, KafkaProducer\", \"version\": \"" + AppInfoParser.getVersion()
            + "\", \"artifact\": \"" + jar.getFileName() + "\", \"sha256\": \"" + HexFormat.of().formatHex(sum)
            + "\", \"keys\": \"partition-keys.tsv\", \"seed\": \"" + seed + "\", \"columns\": [\"hash\", 3, 12, 100, 1000], "
            + "\"made\": \"Partition.java: Utils.murmur2 and KafkaProducer.partition\"}";
    }
}
