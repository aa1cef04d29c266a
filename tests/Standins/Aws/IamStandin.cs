using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Signalbox.Standins;

/// <summary>A role.</summary>
public sealed class IamRole
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Its path.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Its id.</summary>
    public string Id { get; } = $"AROA{Guid.NewGuid():N}"[..21].ToUpperInvariant();

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Who may assume it, as JSON.</summary>
    public required string Trust { get; set; }

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>How long a session lasts at most, in seconds.</summary>
    public int MaxSession { get; set; } = 3600;

    /// <summary>Its inline policies by name, as JSON.</summary>
    public SortedDictionary<string, string> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The ARNs of the policies attached to it.</summary>
    public List<string> Attached { get; } = [];

    /// <summary>Its tags.</summary>
    public Dictionary<string, string> Tags { get; } = [];

    /// <summary>How many calls of other services still do not know of it.</summary>
    public int Unknown { get; set; }
}

/// <summary>IAM: roles and their policies.</summary>
public sealed class IamStandin
{
    private const string BasicExecution = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}""";
    private readonly AwsStandin aws;

    internal IamStandin(AwsStandin aws)
    {
        this.aws = aws;
        Service = new([AwsProtocol.Query("https://iam.amazonaws.com/doc/2010-05-08/")], new()
        {
            ["CreateRole"] = Create,
            ["GetRole"] = call => new JsonObject { ["Role"] = Shown(Found(call)) },
            ["ListRoles"] = call => new JsonObject { ["Roles"] = new JsonArray([.. Roles.Values.Select(Shown)]), ["IsTruncated"] = false },
            ["DeleteRole"] = Delete,
            ["UpdateAssumeRolePolicy"] = call => Nothing(() => Found(call).Trust = Document(call, "PolicyDocument")),
            ["UpdateRole"] = Update,
            ["PutRolePolicy"] = call => Nothing(() => Found(call).Policies[call.Need("PolicyName")] = Document(call, "PolicyDocument")),
            ["GetRolePolicy"] = Policy,
            ["DeleteRolePolicy"] = DeletePolicy,
            ["ListRolePolicies"] = call => new JsonObject { ["PolicyNames"] = new JsonArray([.. Found(call).Policies.Keys]), ["IsTruncated"] = false },
            ["AttachRolePolicy"] = Attach,
            ["DetachRolePolicy"] = Detach,
            ["ListAttachedRolePolicies"] = Attached,
            ["TagRole"] = call => Nothing(() => Tag(Found(call), call)),
            ["UntagRole"] = call => Nothing(() => { foreach (var key in call.Texts("TagKeys")) Found(call).Tags.Remove(key); }),
            ["ListRoleTags"] = call => new JsonObject { ["Tags"] = Tags(Found(call)), ["IsTruncated"] = false },
            ["SimulatePrincipalPolicy"] = Simulate,
            ["ListAccountAliases"] = _ => new JsonObject { ["AccountAliases"] = new JsonArray(), ["IsTruncated"] = false },
        }, call => call.Text("PolicySourceArn") ?? (call.Text("RoleName") is { } name ? $"arn:aws:iam::{call.Account}:role{call.Text("Path") ?? "/"}{name}" : "*"));
    }

    internal AwsService Service { get; }

    /// <summary>The roles by account and name, as "account/name".</summary>
    public SortedDictionary<string, IamRole> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Managed policies by ARN, as JSON.</summary>
    public Dictionary<string, string> Managed { get; } = new()
    {
        ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"] = BasicExecution,
        ["arn:aws:iam::aws:policy/AdministratorAccess"] = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""",
    };

    /// <summary>For how many calls of other services a new role is unknown there, as it is in AWS for some seconds.</summary>
    public int UnknownFor { get; set; }

    /// <summary>What callers other than roles are refused, for SimulatePrincipalPolicy.</summary>
    public HashSet<string> Refused { get; } = [];

    /// <summary>The role with this ARN; null when there is none.</summary>
    public IamRole? ByArn(string arn) => Roles.Values.FirstOrDefault(role => role.Arn == arn);

    /// <summary>True when the policies of a role allow it.</summary>
    public bool Allows(string roleArn, string action, string resource) => aws.Locked(() => ByArn(roleArn) is { } role && IamPolicy.Allows(Documents(role), action, resource));

    /// <summary>Everything that a role may do, as policies.</summary>
    internal IEnumerable<string> Documents(IamRole role) => role.Policies.Values.Concat(role.Attached.Select(arn => Managed[arn]));

    private JsonObject? Create(AwsCall call)
    {
        var name = call.Need("RoleName");
        if (!Regex.IsMatch(name, @"^[\w+=,.@-]{1,64}$"))
            throw call.Invalid("The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        var key = $"{call.Account}/{name}";
        if (Roles.ContainsKey(key)) throw new AwsFault(409, "EntityAlreadyExists", $"Role with name {name} already exists.");
        var path = call.Text("Path") ?? "/";
        var role = new IamRole
        {
            Name = name,
            Path = path,
            Arn = $"arn:aws:iam::{call.Account}:role{path}{name}",
            Created = call.Now,
            Trust = Document(call, "AssumeRolePolicyDocument"),
            Description = call.Text("Description"),
            MaxSession = call.Number("MaxSessionDuration") ?? 3600,
            Unknown = UnknownFor,
        };
        Tag(role, call);
        Roles[key] = role;
        return new() { ["Role"] = Shown(role) };
    }

    private JsonObject? Delete(AwsCall call)
    {
        var role = Found(call);
        if (role.Attached.Count > 0) throw new AwsFault(409, "DeleteConflict", "Cannot delete entity, must detach all policies first.");
        if (role.Policies.Count > 0) throw new AwsFault(409, "DeleteConflict", "Cannot delete entity, must delete policies first.");
        Roles.Remove($"{call.Account}/{role.Name}");
        return null;
    }

    private JsonObject? Update(AwsCall call)
    {
        var role = Found(call);
        role.Description = call.Text("Description") ?? role.Description;
        role.MaxSession = call.Number("MaxSessionDuration") ?? role.MaxSession;
        return [];
    }

    private JsonObject? Policy(AwsCall call)
    {
        var role = Found(call);
        var document = role.Policies.GetValueOrDefault(call.Need("PolicyName")) ?? throw NoPolicy(call);
        return new() { ["RoleName"] = role.Name, ["PolicyName"] = call.Text("PolicyName"), ["PolicyDocument"] = Uri.EscapeDataString(document) };
    }

    private JsonObject? DeletePolicy(AwsCall call) => Found(call).Policies.Remove(call.Need("PolicyName")) ? null : throw NoPolicy(call);

    private static AwsFault NoPolicy(AwsCall call) => new(404, "NoSuchEntity", $"The role policy with name {call.Text("PolicyName")} cannot be found.");

    private JsonObject? Attach(AwsCall call)
    {
        var (role, arn) = (Found(call), call.Need("PolicyArn"));
        if (!Managed.ContainsKey(arn)) throw new AwsFault(404, "NoSuchEntity", $"Policy {arn} does not exist or is not attachable.");
        if (!role.Attached.Contains(arn)) role.Attached.Add(arn);
        return null;
    }

    private JsonObject? Detach(AwsCall call) => Found(call).Attached.Remove(call.Need("PolicyArn")) ? null
        : throw new AwsFault(404, "NoSuchEntity", $"Policy {call.Text("PolicyArn")} was not found.");

    private JsonObject? Attached(AwsCall call) => new()
    {
        ["AttachedPolicies"] = new JsonArray([.. Found(call).Attached.Select(arn => new JsonObject { ["PolicyName"] = arn.Split('/')[^1], ["PolicyArn"] = arn })]),
        ["IsTruncated"] = false,
    };

    private JsonObject? Simulate(AwsCall call)
    {
        var source = call.Need("PolicySourceArn");
        var role = ByArn(source);
        if (role is null && aws.Identities.Values.All(identity => identity.Arn != source)) throw new AwsFault(404, "NoSuchEntity", $"The entity {source} cannot be found.");
        var resources = call.Texts("ResourceArns") is { Count: > 0 } named ? named : ["*"];
        bool Allowed(string action, string resource) => !aws.Trouble.IsDenied(action) && !Refused.Contains(action) && (role is null || IamPolicy.Allows(Documents(role), action, resource));
        return new()
        {
            ["EvaluationResults"] = new JsonArray([.. from action in call.Texts("ActionNames") from resource in resources
                select new JsonObject
                {
                    ["EvalActionName"] = action,
                    ["EvalResourceName"] = resource,
                    ["EvalDecision"] = Allowed(action, resource) ? "allowed" : "implicitDeny",
                    ["MatchedStatements"] = new JsonArray(),
                    ["MissingContextValues"] = new JsonArray(),
                }]),
            ["IsTruncated"] = false,
        };
    }

    private IamRole Found(AwsCall call) => Roles.GetValueOrDefault($"{call.Account}/{call.Need("RoleName")}")
        ?? throw new AwsFault(404, "NoSuchEntity", $"The role with name {call.Text("RoleName")} cannot be found.");

    private static JsonObject? Nothing(Action work)
    {
        work();
        return null;
    }

    private static void Tag(IamRole role, AwsCall call)
    {
        foreach (var (key, value) in call.Tags()) role.Tags[key] = value;
    }

    private static string Document(AwsCall call, string name) => IamPolicy.Problem(call.Need(name)) is { } why
        ? throw new AwsFault(400, "MalformedPolicyDocument", why) : call.Need(name);

    private static JsonArray Tags(IamRole role) => [.. role.Tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value })];

    private static JsonObject Shown(IamRole role) => new()
    {
        ["Path"] = role.Path,
        ["RoleName"] = role.Name,
        ["RoleId"] = role.Id,
        ["Arn"] = role.Arn,
        ["CreateDate"] = role.Created.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["AssumeRolePolicyDocument"] = Uri.EscapeDataString(role.Trust),
        ["Description"] = role.Description,
        ["MaxSessionDuration"] = role.MaxSession,
        ["Tags"] = role.Tags.Count > 0 ? Tags(role) : null,
    };
}
