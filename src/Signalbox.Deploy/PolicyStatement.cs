using System.Text;

namespace Signalbox.Deploy;

/// <summary>A right that a function has: a statement of IAM that allows.</summary>
/// <param name="Sid">Its name in the policy: letters and digits.</param>
/// <param name="Actions">What may be done: <c>sqs:ReceiveMessage</c>.</param>
/// <param name="Resources">On what: ARNs, or <c>*</c> where AWS lets an action be narrowed by nothing.</param>
/// <param name="Why">What it is for, and why it is as wide as it is where it is wide.</param>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html"/>
public sealed record PolicyStatement(string Sid, ValueList<string> Actions, ValueList<string> Resources, string Why)
{
    /// <summary>The policy of these statements and of others that are written as JSON objects, on one line, in the form that AWS takes.</summary>
    public static string Document(ValueList<PolicyStatement> statements, ValueList<string> others) => CanonicalJson.Of(CanonicalJson.Written(json =>
    {
        json.WriteStartObject();
        json.WriteString("Version", "2012-10-17");
        json.WriteStartArray("Statement");
        foreach (var statement in statements)
        {
            json.WriteStartObject();
            json.WriteString(nameof(Sid), statement.Sid);
            json.WriteString("Effect", "Allow");
            json.WriteStartArray("Action");
            foreach (var action in statement.Actions) json.WriteStringValue(action);
            json.WriteEndArray();
            json.WriteStartArray("Resource");
            foreach (var resource in statement.Resources) json.WriteStringValue(resource);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        foreach (var other in others)
        {
            if (Json.Parse(Encoding.UTF8.GetBytes(other)).Expected is null) json.WriteRawValue(other);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }));
}
