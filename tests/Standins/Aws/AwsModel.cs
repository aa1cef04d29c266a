namespace Signalbox.Standins;

/// <summary>AWS's own description of a service, where it is on the machine.</summary>
internal sealed class AwsModel
{
    public static AwsModel? Of(string service) => service.Length > 0 ? null : new();

    public void Validate(AwsCall call) => _ = call.Aws.Address + GetHashCode();
}
