namespace Signalbox;

/// <summary>The batch that Lambda hands a function: <c>{"Records":[…]}</c> of SNS, SQS, S3, SES, CodeCommit and their kin.</summary>
internal static class Records
{
    public static bool Unwrap(Json value, in Wrapping outer, List<Envelope> into)
    {
        var records = value["Records"u8];
        if (!records.IsArray || records.Count == 0) return false;
        foreach (var record in records.Items)
        {
            if (!record.IsObject) return false;
        }
        foreach (var record in records.Items) UnwrapRecord(record, outer, into);
        return true;
    }

    private static void UnwrapRecord(Json record, in Wrapping outer, List<Envelope> into)
    {
        var publisher = record["eventSource"u8].IsText ? record["eventSource"u8] : record["EventSource"u8];
        if (record["Sns"u8].IsObject)
        {
            Sns.UnwrapMessage(record["Sns"u8], outer.Inside("sns"), into);
        }
        else if (publisher.TextIs("aws:sqs"u8) || (record["receiptHandle"u8].IsText && record["body"u8].Exists))
        {
            Sqs.UnwrapRecord(record, outer, into);
        }
        else if (!Kinesis.UnwrapRecord(record, outer, into))
        {
            var arn = record["eventSourceARN"u8].Text ?? record["s3"u8]["bucket"u8]["arn"u8].Text;
            into.Add((outer.Inside("records") with
            {
                Publisher = publisher.Text,
                At = Instants.Read(record["eventTime"u8]) ?? outer.At,
                Region = record["awsRegion"u8].Words ?? Arn.RegionOf(arn) ?? outer.Region,
                Account = Arn.AccountOf(arn) ?? outer.Account,
                Resources = arn is null ? outer.Resources : [arn],
            }).Seal(record, null));
        }
    }
}
