namespace Signalbox;

/// <summary>Changes of the Glue data catalog: databases, tables, partitions.</summary>
internal static class GlueCatalog
{
    public static Parsed Read(Envelope envelope)
    {
        var detail = envelope.Body;
        var database = detail["databaseName"u8].Words;
        var tables = detail["changedTables"u8];
        var table = detail["tableName"u8].Words ?? (tables.Count == 1 ? tables[0].Words : null);
        var partitions = detail["changedPartitions"u8];
        var change = detail["typeOfChange"u8].Words;
        if (database is null && change is null) return Statement.Lacks(envelope, "detail", "databaseName or typeOfChange");
        var thing = table is not null ? $"Table {Cut.Line(table, 36)}" : $"Database {Cut.Line(database ?? "of unknown name", 36)}";
        var count = partitions.Count > 0 ? Quantity.Count(partitions.Count, "partition") : tables.Count > 1 ? Quantity.Count(tables.Count, "table") : null;
        return new Parsed.Told([
            new()
            {
                Source = "glue",
                Kind = table is not null ? "table" : "database",
                Severity = Severity.Info,
                Status = Status.Stated,
                Title = Cut.Line(change switch
                {
                    "BatchCreatePartition" or "CreatePartition" => $"{thing} got {count ?? "a new partition"}",
                    "BatchDeletePartition" or "DeletePartition" => $"{thing} lost {count ?? "a partition"}",
                    "UpdatePartition" or "BatchUpdatePartition" => $"{thing} has {count ?? "a partition"} changed",
                    "CreateTable" => $"{thing} was created",
                    "DeleteTable" or "BatchDeleteTable" => table is null ? $"{thing} lost {count ?? "a table"}" : $"{thing} was deleted",
                    "UpdateTable" => $"{thing} was changed",
                    "CreateDatabase" => $"{thing} was created",
                    "DeleteDatabase" => $"{thing} was deleted",
                    "UpdateDatabase" => $"{thing} was changed",
                    null => $"{thing} was changed",
                    _ => $"{thing}: {Phrase.Of(change)}",
                }, 80),
                Subject = table ?? database,
                Arn = envelope.ArnOf(),
                Account = envelope.Account,
                Region = envelope.Region,
                At = envelope.At,
                Facts = Known.Facts(
                    ("Database", table is null ? null : database),
                    ("Partitions", Phrase.List(partitions, 3, one => one.Words)),
                    ("Tables", table is null ? Phrase.List(tables, 3, one => one.Words) : null)),
                Links = Known.Links(database is null ? null
                    : table is not null ? ConsolePage.Link("Open the table", envelope.Region, "glue/home", "/v2/data-catalog/tables/view/", table,
                        $"?database={ConsolePage.Escape(database)}")
                    : ConsolePage.Link("Open the database", envelope.Region, "glue/home", "/v2/data-catalog/databases/view/", database)),
            },
        ]);
    }
}
