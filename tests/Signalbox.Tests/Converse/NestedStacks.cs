namespace Signalbox.Tests;

/// <summary>Nested stacks belong to the operation that people started.</summary>
public class NestedStacks
{
    private const string Root = "arn:aws:cloudformation:eu-west-1:123456789012:stack/payments-api/1";
    private const string Nested = "arn:aws:cloudformation:eu-west-1:123456789012:stack/payments-api-Network-1A2B3C4D5E6F7/2";

    [Fact]
    public void By_name_while_the_parent_is_under_way()
    {
        var memos = new Dictionary<string, Memo>();
        Learn(memos, Stack(Root, "payments-api", Status.Ongoing));
        var nested = Stack(Nested, "payments-api-Network-1A2B3C4D5E6F7", Status.Ongoing);
        var part = Nesting.Of(nested, memos.GetValueOrDefault);
        Assert.Equal($"cloudformation/{Root}", part.Thread);
        Assert.Equal(new Part("Network", Status.Ongoing), part.Part);

        Learn(memos, Stack(Root, "payments-api", Status.Cleared));
        Assert.Equal(nested, Nesting.Of(nested, memos.GetValueOrDefault));
    }

    [Fact]
    public void By_its_id_when_the_parent_told_of_it()
    {
        var memos = new Dictionary<string, Memo>();
        Learn(memos, Stack(Root, "payments-api", Status.Ongoing) with
        {
            Kind = "resource",
            Part = new("Odd", Status.Ongoing),
            Facts = [new("Type", "AWS::CloudFormation::Stack"), new("Physical id", Nested.Replace("payments-api-Network-1A2B3C4D5E6F7", "any", StringComparison.Ordinal))],
        });
        var nested = Stack(Nested.Replace("payments-api-Network-1A2B3C4D5E6F7", "any", StringComparison.Ordinal), "any", Status.Cleared);
        Assert.Equal(new Part("any", Status.Cleared), Nesting.Of(nested, memos.GetValueOrDefault).Part);
    }

    [Theory]
    [InlineData("payments-api")]
    [InlineData("payments-api-Network-abcdefghijklm")]
    [InlineData("a-1A2B3C4D5E6F7")]
    public void A_stack_of_another_name_is_its_own(string name)
    {
        var memos = new Dictionary<string, Memo>();
        Learn(memos, Stack(Root, "payments", Status.Ongoing));
        var other = Stack(Nested, name, Status.Ongoing);
        Assert.Equal(other, Nesting.Of(other, memos.GetValueOrDefault));
    }

    private static void Learn(Dictionary<string, Memo> memos, Notice notice)
    {
        foreach (var (key, memo) in Nesting.Learned(notice, notice)) memos[key] = memo;
    }

    private static Notice Stack(string arn, string name, Status status) => new()
    {
        Source = "cloudformation",
        Kind = "stack",
        Severity = Severity.Info,
        Status = status,
        Title = $"Stack {name}",
        Subject = name,
        Arn = arn,
        Account = "123456789012",
        Region = "eu-west-1",
        Thread = $"cloudformation/{arn}",
    };
}
