using System.Diagnostics;

namespace Signalbox;

/// <summary>Something that we would like to know of a notice before telling it: closed.</summary>
public abstract record Question
{
    private Question() { }

    /// <summary>Which tags does this resource have?</summary>
    public sealed record TagsOf(string Arn) : Question;

    /// <summary>Which tags does this CloudFormation stack have?</summary>
    /// <param name="Stack">Its ARN.</param>
    public sealed record StackTags(string Stack) : Question;

    /// <summary>What is this account called?</summary>
    public sealed record AccountName(string Id) : Question;

    /// <summary>One arm for each case.</summary>
    public T Match<T>(Func<TagsOf, T> tagsOf, Func<StackTags, T> stackTags, Func<AccountName, T> accountName) => this switch
    {
        TagsOf x => tagsOf(x),
        StackTags x => stackTags(x),
        AccountName x => accountName(x),
        _ => throw new UnreachableException(),
    };
}

/// <summary>What the world said to a question.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Tags">Tags, for a question about tags; none when the thing has none or nothing is known.</param>
/// <param name="Name">A name, for a question about a name; null when nothing is known.</param>
/// <param name="From">Where the answer came from, in words: "Resource Groups Tagging API", "kept since 12:03", or why there is none.</param>
public sealed record Answered(Question Question, ValueList<Tag> Tags, string? Name, string From);

/// <summary>Everything that the world said.</summary>
public sealed record Answers(ValueList<Answered> All)
{
    /// <summary>Nothing was asked.</summary>
    public static readonly Answers None = new([]);

    /// <summary>The tags known of a notice's thing, its own before its stack's.</summary>
    public ValueList<Tag> TagsOf(Notice notice)
    {
        if (All.Count is 0) return [];
        return
        [
            .. from answer in All where answer.Question is Question.TagsOf asked && asked.Arn == notice.Arn from tag in answer.Tags select tag,
            .. from answer in All
               where answer.Question is Question.StackTags asked && asked.Stack == notice.Arn
               from tag in answer.Tags
               select tag with { Of = tag.Of ?? $"stack {notice.Subject}" },
        ];
    }

    /// <summary>The name of an account; null when the world did not say.</summary>
    public string? AccountName(string id)
    {
        foreach (var answer in All)
        {
            if (answer.Question is Question.AccountName asked && asked.Id == id) return answer.Name;
        }
        return null;
    }
}

/// <summary>What may be asked of the world, and what an answer costs at most.</summary>
/// <param name="Tags">Tags of resources and stacks.</param>
/// <param name="Accounts">Names of accounts.</param>
/// <param name="Within">The time for all questions of one event together.</param>
/// <param name="Lifetime">How long an answer is kept, that there is none too.</param>
public sealed record Lookups(bool Tags, bool Accounts, TimeSpan Within, TimeSpan Lifetime)
{
    /// <summary>Where AWS is asked instead of its own addresses; null for these.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Nothing is asked.</summary>
    public static readonly Lookups None = new(false, false, TimeSpan.FromMilliseconds(800), TimeSpan.FromMinutes(10));

    /// <summary>What we would like to know of these notices: each question once.</summary>
    /// <param name="notices">The notices of one event.</param>
    /// <param name="named">The accounts whose names are in the settings.</param>
    public ValueList<Question> Of(ValueList<Notice> notices, Func<string, string?> named)
    {
        if (!Tags && !Accounts) return [];
        var questions = new List<Question>();
        foreach (var notice in notices)
        {
            if (Tags && notice.Arn is { } arn && Arn.Read(arn) is not null)
                questions.Add(arn.Contains(":cloudformation:", StringComparison.Ordinal) ? new Question.StackTags(arn) : new Question.TagsOf(arn));
            if (Accounts && notice.Account is { Length: 12 } account && named(account) is null) questions.Add(new Question.AccountName(account));
        }
        return [.. questions.Distinct()];
    }
}
