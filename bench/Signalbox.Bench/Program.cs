using BenchmarkDotNet.Running;
using Signalbox.Bench;

if (args is ["table"]) SourceTable.Print();
else BenchmarkSwitcher.FromAssembly(typeof(RouteBench).Assembly).Run(args);
