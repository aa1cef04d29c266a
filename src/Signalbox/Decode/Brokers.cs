namespace Signalbox;

/// <summary>
/// What Lambda reads from brokers: Kafka (<c>records</c> by topic and partition), ActiveMQ (<c>messages</c>), RabbitMQ (<c>rmqMessagesByQueue</c>). Each
/// record is an event of its own, in Base64. One without a value, as Kafka has for what is deleted, is told as it stands.
/// </summary>
internal static class Brokers
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        var broker = value["eventSource"u8];
        if (!broker.IsText) return false;
        var arn = value["eventSourceArn"u8].Text;
        var known = outer with { Account = Arn.AccountOf(arn) ?? outer.Account, Region = Arn.RegionOf(arn) ?? outer.Region };
        var before = into.Count;
        if (broker.TextIs("aws:kafka"u8) || broker.TextIs("SelfManagedKafka"u8))
        {
            foreach (var (_, records) in value["records"u8].Members)
            {
                foreach (var record in records.Items) FromKafka(record, known.Inside("kafka"), into);
            }
        }
        else if (broker.TextIs("aws:mq"u8) || broker.TextIs("aws:amq"u8))
        {
            foreach (var message in value["messages"u8].Items) FromActiveMq(message, known.Inside("mq"), into);
        }
        else if (broker.TextIs("aws:rmq"u8))
        {
            foreach (var (queue, messages) in value["rmqMessagesByQueue"u8].Members)
            {
                // "orders::/": the queue, and the virtual host that it is in.
                var name = queue.Text!.Split("::")[0];
                foreach (var message in messages.Items) FromRabbitMq(message, known.Inside("mq") with { Topic = name }, into);
            }
        }
        return into.Count > before;
    }

    private static void FromKafka(Json record, Wrapping inside, List<Envelope> into)
    {
        var topic = record["topic"u8].Words;
        var place = topic is null ? null : $"{topic}/{record["partition"u8].Scalar}/{record["offset"u8].Scalar}";
        inside = inside with { Id = place, Topic = topic ?? inside.Topic, At = Instants.Read(record["timestamp"u8]) ?? inside.At };
        Open(record, record["value"u8], inside, into);
    }

    private static void FromActiveMq(Json message, Wrapping inside, List<Envelope> into)
    {
        inside = inside with
        {
            Id = message["messageID"u8].Words,
            Topic = message["destination"u8]["physicalName"u8].Words ?? inside.Topic,
            At = Instants.Read(message["timestamp"u8]) ?? inside.At,
        };
        Open(message, message["data"u8], inside, into);
    }

    private static void FromRabbitMq(Json message, Wrapping inside, List<Envelope> into) =>
        Open(message, message["data"u8], inside with { Id = message["basicProperties"u8]["messageId"u8].Words }, into);

    private static void Open(Json record, Json data, in Wrapping inside, List<Envelope> into)
    {
        if (Packed.Bytes(data) is { } bytes) Decode.Inner(bytes, inside, into);
        else into.Add(inside.Seal(record, null));
    }
}
