package lanes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Real brokers on this machine, loopback only, small heaps. Broker 1 is the controller too: it is never killed. */
final class Cluster implements AutoCloseable {
    private final Path folder;
    private final Map<Integer, Integer> ports = new HashMap<>();
    private final Map<Integer, Process> running = new HashMap<>();
    final Admin admin;

    /** As many brokers as told, with these settings beside those that one machine needs. */
    Cluster(Path folder, int brokers, Map<String, String> settings) throws Exception {
        this.folder = Files.createDirectories(folder);
        String id = Uuid.randomUuid().toString();
        int quorum = freePort();
        for (int n = 1; n <= brokers; n++) {
            ports.put(n, freePort());
            write(n, quorum, settings);
            String how = n == 1 ? "--standalone" : "--no-initial-controllers";
            Process format =
                java("128m", folder.resolve("format" + n), "kafka.tools.StorageTool", "format", "-t", id, "-c", file(n), how);
            if (format.waitFor() != 0) {
                throw new IOException("Broker " + n + " cannot be formatted: see " + folder.resolve("format" + n));
            }
        }
        for (int n = 1; n <= brokers; n++) {
            start(n);
        }
        admin = Admin.create(Map.of("bootstrap.servers", servers()));
        Wait.until("all brokers are there", 60_000, () -> admin.describeCluster().nodes().get().size() == brokers);
    }

    String servers() {
        return ports.values().stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    int port(int n) {
        return ports.get(n);
    }

    void start(int n) throws IOException {
        running.put(n, java("256m", folder.resolve("broker" + n + ".out"), "kafka.Kafka", file(n)));
    }

    /** As kill -9 does. */
    void kill(int n) throws InterruptedException {
        running.remove(n).destroyForcibly().waitFor();
    }

    /** As kill does: it hands its leaders over first. */
    void stop(int n) throws Exception {
        Process process = running.remove(n);
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Broker " + n + " does not stop.");
        }
    }

    /** It hangs, its connections stay. */
    void hang(int n) throws Exception {
        signal(n, "-STOP");
    }

    void goOn(int n) throws Exception {
        signal(n, "-CONT");
    }

    /** A topic with one partition on these brokers, the first of them its leader. */
    void topic(String name, List<Integer> replicas, Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, Map.of(0, replicas)).configs(configs))).all().get();
        isr(name, replicas.size());
    }

    void topic(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
        Wait.until(name + " has leaders", 20_000, () -> describe(name).partitions().stream().allMatch(p -> p.leader() != null));
    }

    TopicDescription describe(String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get(10, TimeUnit.SECONDS).get(topic);
    }

    /** Waits until so many replicas of the only partition are in sync. */
    void isr(String topic, int size) throws Exception {
        Wait.until(topic + " has " + size + " in sync", 60_000, () -> describe(topic).partitions().get(0).isr().size() == size);
    }

    /** Waits until this broker leads the only partition. */
    void leader(String topic, int broker) throws Exception {
        Wait.until(topic + " is led by " + broker, 60_000, () -> {
            Node leader = describe(topic).partitions().get(0).leader();
            return leader != null && leader.id() == broker;
        });
    }

    /** All that can be read of the only partition. */
    List<String> read(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers());
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition at = new TopicPartition(topic, 0);
            consumer.assign(List.of(at));
            consumer.seekToBeginning(List.of(at));
            long end = consumer.endOffsets(List.of(at)).get(at);
            while (consumer.position(at) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
        admin.close(Duration.ZERO);
    }

    /** Another Java with the class path of this one; what it says goes into a file. */
    static Process java(String heap, Path out, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("nice", "java", "-Xmx" + heap, "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        // A run that is ended from outside must leave nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void signal(int n, String which) throws Exception {
        new ProcessBuilder("kill", which, Long.toString(running.get(n).pid())).inheritIO().start().waitFor();
    }

    private String file(int n) {
        return folder.resolve("broker" + n + ".properties").toString();
    }

    private void write(int n, int quorum, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
            "node.id", Integer.toString(n),
            "process.roles", n == 1 ? "broker,controller" : "broker",
            "controller.quorum.bootstrap.servers", "127.0.0.1:" + quorum,
            "controller.listener.names", "CONTROLLER",
            "listeners", "PLAINTEXT://127.0.0.1:" + port(n) + (n == 1 ? ",CONTROLLER://127.0.0.1:" + quorum : ""),
            "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port(n),
            "log.dirs", folder.resolve("data" + n).toString(),
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "auto.create.topics.enable", "false"));
        all.putAll(settings);
        Files.write(Path.of(file(n)), all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
