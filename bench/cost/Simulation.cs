namespace Signalbox.Bench.Cost;

/// <summary>SNS, a queue, sandboxes and a Slack, on a clock of their own: everything that happens is an entry in one queue of times.</summary>
internal sealed class Simulation
{
    private readonly Handler handler;
    private readonly World world;
    private readonly Random chance = new(20261122);
    private readonly PriorityQueue<Action, (double At, long Turn)> ahead = new();
    private readonly Queue<Message> waiting = new();
    private readonly Stack<Sandbox> idle = new();
    private readonly double[] tokens;
    private readonly double[] counted;
    private readonly Outcome outcome = new();
    private double now;
    private long turn;
    private int running;
    private double busySince = -1;

    private Simulation(Handler handler, World world)
    {
        (this.handler, this.world) = (handler, world);
        (tokens, counted) = (new double[world.Rooms], new double[world.Rooms]);
        Array.Fill(tokens, World.Burst);
    }

    public static Outcome Run(Handler handler, World world)
    {
        var simulation = new Simulation(handler, world);
        simulation.Publish(0);
        while (simulation.ahead.TryDequeue(out var act, out var time))
        {
            simulation.now = time.At;
            act();
        }
        simulation.outcome.Last = simulation.now;
        return simulation.outcome;
    }

    private void At(double time, Action act) => ahead.Enqueue(act, (time, turn++));

    private void Publish(int number)
    {
        if (number == world.Events) return;
        // Times between events that come at random follow an exponential.
        var next = now - Math.Log(1 - chance.NextDouble()) * world.Hours * 3_600 / world.Events;
        At(next, () =>
        {
            Arrive(new(now, chance.Next(world.Rooms)));
            Publish(number + 1);
        });
    }

    private void Arrive(Message message)
    {
        waiting.Enqueue(message);
        if (busySince < 0) busySince = now;
        Serve();
    }

    /// <summary>How many calls the poller makes at once by now.</summary>
    private int Pollers => !handler.Batched ? int.MaxValue : (int)Math.Min(1_250, World.PollersFirst + (now - busySince) / 60 * World.PollersMore);

    private void Serve()
    {
        while (waiting.Count > 0 && running < Math.Min(world.Concurrency, Pollers))
        {
            var batch = new List<Message>();
            for (var most = handler.Batched ? World.Batch : 1; batch.Count < most && waiting.Count > 0;) batch.Add(waiting.Dequeue());
            Call(batch);
        }
        if (waiting.Count is 0 && running is 0) busySince = -1;
    }

    private void Call(List<Message> batch)
    {
        Sandbox? sandbox = null;
        while (idle.Count > 0 && sandbox is null)
        {
            var free = idle.Pop();
            if (now - free.Since < World.Idle) sandbox = free;
            // Whatever lies below in the stack has waited for longer still.
            else idle.Clear();
        }
        var isNew = sandbox is null;
        sandbox ??= new Sandbox(world.Rooms);
        running++;
        outcome.Calls++;
        if (isNew) outcome.Starts++;
        outcome.MostAtOnce = Math.Max(outcome.MostAtOnce, running);
        var began = now;
        var received = now;
        foreach (var message in batch) message.Receives++;
        // Every event takes its share of the processor, one after the other; what waits for Slack waits beside it, in each room in turn.
        var ready = now + (isNew ? Handler.Seconds(handler.Start - handler.Event, world.Memory) : 0);
        var call = new Running(batch.Count, began, ready + World.Timeout - World.Margin);
        foreach (var room in batch.GroupBy(message => message.Room))
        {
            foreach (var message in room) message.Ready = ready += Handler.Seconds(handler.Event, world.Memory);
            var turn = new Queue<Message>(room);
            At(turn.Peek().Ready, () => Say(turn, call, sandbox, received));
        }
    }

    /// <summary>Says the next of a room's messages.</summary>
    private void Say(Queue<Message> turns, Running call, Sandbox sandbox, double received)
    {
        if (turns.Count is 0) return;
        var message = turns.Peek();
        var mine = world.Throttled ? sandbox.Wait(message.Room, now) : 0;
        var at = Math.Max(now + mine, message.Ready);
        if (at > call.Deadline)
        {
            foreach (var left in turns) Return(left, received);
            Done(call, turns.Count, sandbox, Math.Max(now, message.Ready));
            turns.Clear();
            return;
        }
        At(at, () =>
        {
            if (world.Throttled) sandbox.Take(message.Room, now);
            if (!IsTaken(message.Room))
            {
                outcome.Refused++;
                // Retry-After says one second.
                At(now + World.RoundTrip + 1, () => Say(turns, call, sandbox, received));
                return;
            }
            turns.Dequeue();
            At(now + World.RoundTrip, () =>
            {
                outcome.Told++;
                outcome.Ages.Add((float)(now - message.Published));
                Done(call, 1, sandbox, now);
                Say(turns, call, sandbox, received);
            });
        });
    }

    private bool IsTaken(int room)
    {
        if (!world.Throttled) return true;
        tokens[room] = Math.Min(World.Burst, tokens[room] + now - counted[room]);
        counted[room] = now;
        if (tokens[room] < 1) return false;
        tokens[room]--;
        return true;
    }

    private void Return(Message message, double received)
    {
        if (message.Receives >= World.Receives) outcome.Dead++;
        else At(Math.Max(now, received + World.Visibility), () => Arrive(message));
    }

    private void Done(Running call, int messages, Sandbox sandbox, double ended)
    {
        if ((call.Left -= messages) > 0) return;
        At(ended, () =>
        {
            // Rounded up to a millisecond.
            outcome.Billed += Math.Ceiling((now - call.Began) * 1_000) / 1_000;
            running--;
            sandbox.Since = now;
            idle.Push(sandbox);
            Serve();
        });
    }

    private sealed class Message(double published, int room)
    {
        public double Published => published;

        public int Room => room;

        public int Receives { get; set; }

        public double Ready { get; set; }
    }

    private sealed class Running(int left, double began, double deadline)
    {
        public int Left { get; set; } = left;

        public double Began => began;

        public double Deadline => deadline;
    }

    /// <summary>A process: it keeps to one message a second in a room by itself.</summary>
    private sealed class Sandbox(int rooms)
    {
        private readonly double[] tokens = [.. Enumerable.Repeat(World.Burst, rooms)];
        private readonly double[] counted = new double[rooms];

        public double Since { get; set; }

        public double Wait(int room, double now) => Math.Max(0, 1 - (Math.Min(World.Burst, tokens[room] + now - counted[room])));

        public void Take(int room, double now)
        {
            tokens[room] = Math.Min(World.Burst, tokens[room] + now - counted[room]) - 1;
            counted[room] = now;
        }
    }
}
