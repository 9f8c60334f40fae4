package lanes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Asks a client's assignor, as the client that leads a group does. */
final class Clients {
    static Map<String, List<TopicPartition>> assign(ConsumerPartitionAssignor assignor, Group group) {
        // A HashMap, filled in the order in which the members come: so does ConsumerCoordinator.onLeaderElected.
        Map<String, Subscription> subscriptions = new HashMap<>();
        for (Group.Member member : group.members) {
            Subscription subscription = subscription(assignor, member);
            if (member.instance >= 0) {
                subscription.setGroupInstanceId(Optional.of(Pools.INSTANCES.get(member.instance)));
            }
            subscriptions.put(member.name(), subscription);
        }
        Map<String, List<TopicPartition>> assigned = new HashMap<>();
        assignor.assign(cluster(group), new GroupSubscription(subscriptions)).groupAssignment()
            .forEach((member, assignment) -> assigned.put(member, assignment.partitions()));
        return assigned;
    }

    @SuppressWarnings("removal")
    private static Subscription subscription(ConsumerPartitionAssignor assignor, Group.Member member) {
        Optional<String> rack = member.rack < 0 ? Optional.empty() : Optional.of(Pools.RACKS.get(member.rack));
        if (!(assignor instanceof StickyAssignor)) {
            return new Subscription(member.topicNames(), null, member.owned, member.generation, rack);
        }
        // An eager client has given everything up when it joins; what it had is in the assignor's own data.
        StickyAssignor own = new StickyAssignor();
        if (!member.owned.isEmpty() || member.generation >= 0) {
            own.onAssignment(new Assignment(member.owned),
                new ConsumerGroupMetadata("group", member.generation, member.name(), Optional.empty()));
        }
        return new Subscription(member.topicNames(), own.subscriptionUserData(new HashSet<>(member.topicNames())),
            Collections.emptyList(), member.generation, rack);
    }

    private static Cluster cluster(Group group) {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < Pools.RACKS.size(); i++) {
            nodes.add(new Node(i, "localhost", 9092 + i, group.racks == null ? null : Pools.RACKS.get(i)));
        }
        List<PartitionInfo> partitions = new ArrayList<>();
        group.topics.forEach((topic, count) -> {
            for (int p = 0; p < count; p++) {
                Node[] replicas = group.racks == null
                    ? new Node[] {nodes.get(0)}
                    : group.racks.get(topic).get(p).stream().map(nodes::get).toArray(Node[]::new);
                Node leader = replicas.length == 0 ? null : replicas[0];
                partitions.add(new PartitionInfo(Pools.TOPICS.get(topic), p, leader, replicas, replicas));
            }
        });
        return new Cluster("cluster", nodes, partitions, Collections.emptySet(), Collections.emptySet());
    }

    private Clients() { }
}
