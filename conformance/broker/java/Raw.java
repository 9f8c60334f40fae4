package lanes;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A connection on which batches are sent with any numbers, as no producer would. */
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
        RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, VERSION, "raw", ++correlation);
        ByteBuffer bytes = request.serializeWithHeader(header);
        ByteBuffer size = ByteBuffer.allocate(4).putInt(bytes.remaining()).flip();
        var out = Channels.newChannel(socket.getOutputStream());
        out.write(size);
        out.write(bytes);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        ByteBuffer answer = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        ProduceResponse response = (ProduceResponse) AbstractResponse.parseResponse(answer, header);
        return response.data().responses().iterator().next().partitionResponses().get(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
