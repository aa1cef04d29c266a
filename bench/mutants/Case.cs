using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Signalbox.Bench.Mutants;

/// <summary>One test with one row of its data, called directly: no runner, no console, some microseconds of cost.</summary>
internal sealed class Case(MethodInfo method, int row)
{
    private static readonly ConcurrentDictionary<MethodInfo, List<object?[]>> Data = [];

    /// <summary>Its name in lists: class, method, and the row of its data, from 0.</summary>
    public string Name => $"{method.DeclaringType!.Assembly.GetName().Name}/{method.DeclaringType.Name}.{method.Name}#{row}";

    /// <summary>All cases of the classes that are named; of all classes when none is.</summary>
    public static IEnumerable<Case> In(Assembly assembly, string[] classes) =>
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && (classes is [] || classes.Contains(type.Name))
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        where method.GetCustomAttributes().OfType<IFactAttribute>().SingleOrDefault() is { Skip: null } && !method.ContainsGenericParameters
        from row in Enumerable.Range(0, Count(method))
        select new Case(method, row);

    /// <summary>The case of that name.</summary>
    public static Case Named(string name, Func<string, Assembly> assembly)
    {
        var (slash, dot, hash) = (name.IndexOf('/'), name.IndexOf('.', name.IndexOf('/')), name.IndexOf('#'));
        var type = assembly(name[..slash]).GetTypes().Single(type => type.Name == name[(slash + 1)..dot] && !type.IsNested);
        return new(type.GetMethod(name[(dot + 1)..hash])!, int.Parse(name[(hash + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Null when it holds; else what it says. What cannot be judged here, or has no such row any more, says "skipped".</summary>
    public string? Fault()
    {
        try
        {
            return Task.Run(Run).GetAwaiter().GetResult() ? null : "skipped";
        }
        catch (Exception error)
        {
            return error.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal) ? "skipped" : $"{error.GetType().Name}: {error.Message}";
        }
    }

    private async Task<bool> Run()
    {
        var rows = RowsOf(method);
        if (row >= rows.Count) return false;
        // A class that wants a server gets none: its tests that need it fail with nothing mutated, and are left out.
        var test = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!, new object?[method.DeclaringType!.GetConstructors()[0].GetParameters().Length]);
        try
        {
            if (test is IAsyncLifetime lived) await lived.InitializeAsync();
            var result = method.Invoke(test, BindingFlags.DoNotWrapExceptions, null, rows[row], null);
            if (result is Task task) await task;
            else if (result is ValueTask value) await value;
            return true;
        }
        finally
        {
            if (test is IAsyncDisposable later) await later.DisposeAsync();
            else (test as IDisposable)?.Dispose();
        }
    }

    /// <summary>None when the data cannot be had here, as where it wants a program that is not installed.</summary>
    private static int Count(MethodInfo method)
    {
        try
        {
            return RowsOf(method).Count;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine($"no data for {method.DeclaringType!.Name}.{method.Name}: {error.Message}");
            return 0;
        }
    }

    private static List<object?[]> RowsOf(MethodInfo method) => Data.GetOrAdd(method, static method =>
    {
        var data = method.GetCustomAttributes().OfType<IDataAttribute>().ToList();
        if (data.Count is 0) return [[]];
        return [.. data.SelectMany(source => source is MemberDataAttribute member
            ? Member(member, member.MemberType ?? method.DeclaringType!)
            : source.GetData(method, new DisposalTracker()).AsTask().GetAwaiter().GetResult().Select(row => row.GetData())).Select(row => Fitted(method, row))];
    });

    /// <summary>Outside of a runner xunit reads members as empty; so we read them.</summary>
    private static IEnumerable<object?[]> Member(MemberDataAttribute data, Type type)
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;
        var rows = type.GetProperty(data.MemberName, Any)?.GetValue(null) ?? type.GetField(data.MemberName, Any)?.GetValue(null)
            ?? type.GetMethod(data.MemberName, Any)!.Invoke(null, Any | BindingFlags.DoNotWrapExceptions, null, data.Arguments, null);
        return ((IEnumerable)rows!).Cast<object>().Select(row => row is ITheoryDataRow typed ? typed.GetData() : (object?[])row);
    }

    /// <summary>What xunit does with arguments: the last ones go into a <c>params</c> array, and what is left out has its default.</summary>
    private static object?[] Fitted(MethodInfo method, object?[] row)
    {
        var wanted = method.GetParameters();
        if (wanted is [.., { ParameterType: { IsArray: true } array } last] && last.IsDefined(typeof(ParamArrayAttribute)) && !(row.Length == wanted.Length && row[^1]?.GetType() == array))
        {
            var rest = row.Skip(wanted.Length - 1).ToArray();
            var packed = Array.CreateInstance(array.GetElementType()!, rest.Length);
            rest.CopyTo(packed, 0);
            return [.. row.Take(wanted.Length - 1), packed];
        }
        return [.. row, .. wanted.Skip(row.Length).Select(parameter => parameter.DefaultValue)];
    }
}
