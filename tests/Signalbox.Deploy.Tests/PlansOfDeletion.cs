namespace Signalbox.Deploy.Tests;

public sealed class PlansOfDeletion
{
    [Fact]
    public void Everything_goes_that_was_made_for_it_what_is_used_after_what_uses_it() => Assert.Equal(
    [
        PieceKind.Subscription, PieceKind.Subscription, PieceKind.Mapping, PieceKind.Mapping, PieceKind.Target, PieceKind.Target, PieceKind.Target,
        PieceKind.Rule, PieceKind.Rule, PieceKind.Rule, PieceKind.Queue, PieceKind.Queue, PieceKind.Queue, PieceKind.Function, PieceKind.Rights,
        PieceKind.Role,
    ], Plan.Delete(Ops.After(Ops.Release(Ops.Full)), data: false).Select(change => change.Kind));

    [Fact]
    public void The_table_and_the_log_go_only_when_data_is_said() => Assert.Equal(
        ["delete table ops", "delete log group /aws/lambda/ops_alerts"],
        Plan.Delete(Ops.After(Ops.Release(Ops.Full)), data: true).Except(Plan.Delete(Ops.After(Ops.Release(Ops.Full)), data: false)).Select(change => change.Words));

    [Fact]
    public void A_table_that_another_made_stays_whatever_is_said() => Assert.DoesNotContain(
        Plan.Delete(Ops.After(Ops.Release(Ops.Full)).With(PieceKind.Table, table => table.With("ours", "")), data: true),
        change => change.Kind is PieceKind.Table);

    [Fact]
    public void What_belongs_to_others_is_not_touched() => Assert.Empty(
        Plan.Delete(Ops.After(Ops.Release(Ops.Full)) is var found ? found with { Pieces = [.. found.Pieces.Select(piece => piece with { Others = "theirs" })] } : found, true));
}
