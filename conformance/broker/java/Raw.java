package lanes;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.Utils;

/** A connection on which is sent what no client would: batches with any numbers, a consumer's requests at any time. */
final class Raw implements AutoCloseable {
    /** The last version but one that names topics and not their ids. */
    private static final short VERSION = 11;

    private final Socket socket;
    private int correlation;

    Raw(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
    }

    /** A batch of an idempotent producer to partition 0, with acks=all. */
    PartitionProduceResponse produce(String topic, long producer, int epoch, int first, int count) throws IOException {
        SimpleRecord[] records = new SimpleRecord[count];
        for (int n = 0; n < count; n++) {
            records[n] = new SimpleRecord(System.currentTimeMillis(), null, new byte[] {1});
        }
        MemoryRecords batch = MemoryRecords.withIdempotentRecords(RecordBatch.MAGIC_VALUE_V2, 0, Compression.NONE,
            producer, (short) epoch, first, RecordBatch.NO_PARTITION_LEADER_EPOCH, records);
        ProduceRequestData data = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(5_000);
        TopicProduceData one = new TopicProduceData().setName(topic);
        one.partitionData().add(new PartitionProduceData().setIndex(0).setRecords(batch));
        data.topicData().add(one);
        ProduceRequest request = ProduceRequest.builder(data).build(VERSION);
        ProduceResponse response = (ProduceResponse) answer(ApiKeys.PRODUCE, request);
        return response.data().responses().iterator().next().partitionResponses().get(0);
    }

    /** JoinGroup of a consumer with one assignor, and the id that it has from the coordinator, or none. */
    JoinGroupResponseData join(String group, String topic, String assignor, String id, int session) throws IOException {
        byte[] subscription = Utils.toArray(ConsumerProtocol.serializeSubscription(new Subscription(List.of(topic))));
        var assignors = new JoinGroupRequestProtocolCollection();
        assignors.add(new JoinGroupRequestProtocol().setName(assignor).setMetadata(subscription));
        JoinGroupRequestData data = new JoinGroupRequestData().setGroupId(group).setMemberId(id).setProtocolType("consumer")
            .setProtocols(assignors).setSessionTimeoutMs(session).setRebalanceTimeoutMs(60_000);
        short version = ApiKeys.JOIN_GROUP.latestVersion();
        JoinGroupRequest request = new JoinGroupRequest.Builder(data).build(version);
        return ((JoinGroupResponse) answer(ApiKeys.JOIN_GROUP, request)).data();
    }

    private AbstractResponse answer(ApiKeys api, AbstractRequest request) throws IOException {
        RequestHeader header = new RequestHeader(api, request.version(), "raw", ++correlation);
        ByteBuffer bytes = request.serializeWithHeader(header);
        ByteBuffer size = ByteBuffer.allocate(4).putInt(bytes.remaining()).flip();
        var out = Channels.newChannel(socket.getOutputStream());
        out.write(size);
        out.write(bytes);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        ByteBuffer answer = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        return AbstractResponse.parseResponse(answer, header);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
