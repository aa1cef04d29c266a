using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Signalbox.Bench.Mutants;

/// <summary>The test assemblies, loaded so that they meet the mutated core where they expect the core; and the switch that Stryker built into it.</summary>
internal sealed class MutatedCore : AssemblyLoadContext
{
    /// <summary>No mutant is on.</summary>
    public const int None = -1;

    private readonly string core;
    private readonly string[] folders;
    private readonly FieldInfo active, capture;
    private readonly MethodInfo coverage;

    /// <param name="core">Path of the mutated Signalbox.dll.</param>
    /// <param name="folders">Folders with built tests: what is loaded is looked for in them, in this order.</param>
    public MutatedCore(string core, IEnumerable<string> folders) : base("mutants")
    {
        (this.core, this.folders) = (core, [.. folders]);
        Core = LoadFromAssemblyPath(core);
        var control = Core.GetTypes().Single(type => type.Name is "MutantControl");
        active = control.GetField("ActiveMutant")!;
        capture = control.GetField("CaptureCoverage")!;
        coverage = control.GetMethod("GetCoverageData")!;
        RuntimeHelpers.RunClassConstructor(control.TypeHandle);
        Active = None;
    }

    public Assembly Core { get; }

    /// <summary>The number of the mutant that is on.</summary>
    public int Active
    {
        get => (int)active.GetValue(null)!;
        set => active.SetValue(null, value);
    }

    public Assembly Tests(string name) => LoadFromAssemblyPath(Find(name)!);

    /// <summary>Which mutants are asked for, whether they are on, while this runs. None is on meanwhile.</summary>
    public int[] Asked(Action run)
    {
        coverage.Invoke(null, null);
        capture.SetValue(null, true);
        try
        {
            run();
        }
        finally
        {
            capture.SetValue(null, false);
        }
        return [.. ((IList<int>[])coverage.Invoke(null, null)!)[0].Distinct().Order()];
    }

    /// <summary>Runs every static initialiser there is, so that no mutant that is switched on later stays on in a table.</summary>
    public static void Initialise(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters))
        {
            try
            {
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            }
            catch (TypeInitializationException)
            {
                // A test that needs what is not there says so itself.
            }
        }
    }

    /// <summary>What is xunit's is shared with the driver, so that attributes can be read; all else is the tests' own.</summary>
    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        "Signalbox" => LoadFromAssemblyPath(core),
        { } name when name.StartsWith("xunit", StringComparison.Ordinal) || name.StartsWith("Microsoft.Testing", StringComparison.Ordinal) => null,
        { } name when Find(name) is { } path => LoadFromAssemblyPath(path),
        _ => null,
    };

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        folders.Select(folder => Path.Combine(folder, "runtimes", System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier, "native", $"lib{unmanagedDllName}.so"))
            .FirstOrDefault(File.Exists) is { } path ? LoadUnmanagedDllFromPath(path) : 0;

    private string? Find(string name) => folders.Select(folder => Path.Combine(folder, name + ".dll")).FirstOrDefault(File.Exists);
}
