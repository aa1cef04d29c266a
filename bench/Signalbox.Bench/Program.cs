using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Signalbox.Bench.RouteBench).Assembly).Run(args);
