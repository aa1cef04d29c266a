namespace Signalbox;

/// <summary>What an RDS event id means for the people who read it.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Status">Whether it begins, goes on with or ends something.</param>
/// <param name="Family">What it begins or ends: raised and cleared of one family and one resource are one conversation.</param>
/// <param name="Phrase">The end of a sentence whose subject is the resource; null to let the event's own message speak.</param>
internal readonly record struct RdsEvent(Severity Severity, Status Status, string Family, string? Phrase)
{
    public static RdsEvent Raised(Severity severity, string family, string phrase) => new(severity, Status.Raised, family, phrase);

    public static RdsEvent Ongoing(string family, string phrase) => new(Severity.Info, Status.Ongoing, family, phrase);

    public static RdsEvent Cleared(string family, string phrase) => new(Severity.Info, Status.Cleared, family, phrase);

    public static RdsEvent Stated(Severity severity, string phrase) => new(severity, Status.Stated, "", phrase);
}

/// <summary>The RDS event ids whose meaning their category alone does not tell.</summary>
/// <remarks>
/// The words of a message are never looked at: "failover has completed" is good news. An id that is not listed is judged by its category,
/// and one that is in no list by the categories that the event itself names.
/// Source: the event lists of the RDS and Aurora user guides.
/// </remarks>
internal static class RdsEvents
{
    private const Severity Info = Severity.Info;
    private const Severity Warning = Severity.Warning;
    private const Severity Error = Severity.Error;
    private const Severity Critical = Severity.Critical;

    /// <summary>The meaning of an event.</summary>
    /// <param name="id">The number in "RDS-EVENT-0049"; 0 when the event has none.</param>
    /// <param name="category">Its category, for ids that are not listed.</param>
    public static RdsEvent Of(int id, string? category) => Listed(id) ?? ByCategory(category);

    private static RdsEvent ByCategory(string? category) => category switch
    {
        "failure" or "security" => new(Error, Status.Raised, category, null),
        "low storage" => new(Error, Status.Raised, "storage", null),
        "failover" or "global failover" or "recovery" or "availability" or "read replica" => new(Warning, Status.Stated, "", null),
        "deletion" or "security patching" => new(Warning, Status.Stated, "", null),
        _ => new(Info, Status.Stated, "", null),
    };

    private static RdsEvent? Listed(int id) => id switch
    {
        // Is it up?
        4 => RdsEvent.Raised(Warning, "availability", "was shut down"),
        6 => RdsEvent.Cleared("availability", "was restarted"),
        22 => RdsEvent.Raised(Error, "availability", "failed to restart its engine"),
        87 or 150 => RdsEvent.Raised(Warning, "availability", "was stopped"),
        88 or 151 => RdsEvent.Cleared("availability", "was started"),
        152 => RdsEvent.Stated(Warning, "could not be stopped"),
        153 or 154 => RdsEvent.Ongoing("availability", "is being started: it was stopped for as long as RDS allows"),
        144 => RdsEvent.Ongoing("pause", "is being paused"),
        145 => RdsEvent.Stated(Info, "is paused"),
        146 => RdsEvent.Stated(Info, "stays up: its pause was cancelled"),
        147 => RdsEvent.Ongoing("pause", "is being resumed"),
        148 => RdsEvent.Cleared("pause", "is resumed"),
        396 => RdsEvent.Stated(Info, "will be rebooted in its next maintenance window"),
        403 or 404 => RdsEvent.Stated(Error, "is critically low on memory; RDS made its buffers smaller"),
        385 => RdsEvent.Stated(Info, "has new DNS entries: its topology changed"),

        // Failover
        13 => RdsEvent.Raised(Error, "failover", "is failing over to its standby"),
        15 => RdsEvent.Cleared("failover", "failed over to its standby; DNS may take a few minutes"),
        34 => RdsEvent.Stated(Warning, "did not fail over again: it did so a moment ago"),
        49 => RdsEvent.Cleared("failover", "failed over"),
        50 => RdsEvent.Ongoing("failover", "is being activated after its recovery"),
        51 => RdsEvent.Cleared("failover", "is active again and should be reachable"),
        65 => RdsEvent.Cleared("failover", "recovered from a partial failover"),
        69 => RdsEvent.Raised(Critical, "failover", "could not fail over"),
        70 => RdsEvent.Raised(Error, "failover", "promotes its previous primary again"),
        71 => RdsEvent.Cleared("failover", "failed over"),
        72 => RdsEvent.Raised(Error, "failover", "is failing over within its zone"),
        73 => RdsEvent.Raised(Error, "failover", "is failing over to another zone"),
        181 => new(Warning, Status.Ongoing, "global failover", "is being switched over to"),
        182 => RdsEvent.Ongoing("global failover", "was shut down as the old primary"),
        183 or 423 => RdsEvent.Ongoing("global failover", "waits for its replicas to catch up"),
        184 => RdsEvent.Ongoing("global failover", "was promoted to primary"),
        185 => RdsEvent.Cleared("global failover", "was switched over to"),
        186 => RdsEvent.Stated(Warning, "was not switched over to: cancelled"),
        187 => RdsEvent.Raised(Error, "global failover", "could not be switched over to"),
        238 => RdsEvent.Cleared("global failover", "took over in a global failover"),
        239 => RdsEvent.Raised(Critical, "global failover", "could not take over in a global failover"),
        240 => RdsEvent.Ongoing("global failover", "resynchronises after a global failover"),
        241 => RdsEvent.Cleared("global failover", "has resynchronised after a global failover"),
        397 => RdsEvent.Stated(Info, "is where the global writer endpoint leads now"),

        // Recovery
        20 => RdsEvent.Raised(Error, "recovery", "is recovering"),
        21 => RdsEvent.Cleared("recovery", "has recovered"),
        23 => RdsEvent.Stated(Warning, "could not take a manual snapshot: another one is under way"),
        52 => RdsEvent.Raised(Error, "recovery", "is recovering (Multi-AZ)"),
        53 => RdsEvent.Cleared("recovery", "has recovered and waits for failover or activation"),
        66 => new(Warning, Status.Ongoing, "mirror", "is degraded while its mirror is re-established"),
        361 => RdsEvent.Raised(Warning, "standby", "rebuilds its standby"),
        362 => RdsEvent.Cleared("standby", "has its standby back"),
        165 => RdsEvent.Raised(Error, "support", "is outside the support perimeter"),
        166 => RdsEvent.Cleared("support", "is inside the support perimeter again"),

        // Storage
        7 => RdsEvent.Raised(Critical, "storage", "has no storage left"),
        89 => RdsEvent.Raised(Error, "storage", "is low on storage"),
        221 => RdsEvent.Raised(Critical, "storage", "was shut down: its storage is full"),
        222 => RdsEvent.Raised(Critical, "storage", "is low on storage and will be shut down"),
        227 => RdsEvent.Raised(Critical, "storage", "is dangerously low on storage"),
        330 => RdsEvent.Raised(Critical, "log volume", "is low on log volume storage and will be shut down"),
        331 => RdsEvent.Raised(Error, "log volume", "is low on log volume storage"),
        17 or 218 => RdsEvent.Cleared("storage", "has its new storage"),
        18 or 217 => RdsEvent.Ongoing("storage", "gets more storage"),
        219 or 220 or 237 => RdsEvent.Stated(Warning, "cannot grow its storage now; RDS tries again"),
        223 => RdsEvent.Raised(Error, "storage", "cannot grow its storage"),
        224 => RdsEvent.Raised(Error, "storage", "is about to reach its storage limit"),
        225 => RdsEvent.Raised(Warning, "storage", "nears its storage limit"),
        231 => RdsEvent.Stated(Warning, "could not change its storage yet; RDS tries again"),
        254 => RdsEvent.Raised(Error, "storage", "cannot grow: the account's storage quota is used up"),
        189 => RdsEvent.Raised(Warning, "burst", "is low on burst credits"),
        295 => RdsEvent.Ongoing("storage upgrade", "upgrades its storage"),
        296 => RdsEvent.Cleared("storage upgrade", "has upgraded its storage"),
        306 => RdsEvent.Raised(Error, "storage upgrade", "could not upgrade its storage"),
        332 or 335 => RdsEvent.Cleared("log volume", id is 332 ? "runs without its log volume" : "runs with its log volume"),
        333 or 334 => RdsEvent.Ongoing("log volume", id is 333 ? "gives up its log volume" : "gets its log volume"),
        405 => RdsEvent.Ongoing("storage", "initialises its storage"),
        406 => RdsEvent.Cleared("storage", "has initialised its storage"),
        512 => RdsEvent.Ongoing("volume", "gets a new volume"),
        513 => RdsEvent.Cleared("volume", "has its new volume"),

        // Replication
        45 => RdsEvent.Raised(Error, "replication", "stopped replicating"),
        46 => RdsEvent.Cleared("replication", "replicates again"),
        57 => RdsEvent.Raised(Error, "replication", "lost its replication stream"),
        62 => RdsEvent.Stated(Warning, "had its replication stopped by hand"),
        63 => RdsEvent.Stated(Warning, "had its replication from outside RDS reset"),
        202 => RdsEvent.Raised(Error, "replication", "could not be created as a read replica"),
        233 => RdsEvent.Ongoing("switchover", "is being switched over to"),
        357 => RdsEvent.Cleared("replication", "started a replication channel"),
        358 => RdsEvent.Raised(Error, "replication", "had a replication channel stop"),
        359 or 360 => RdsEvent.Stated(Warning, id is 359 ? "had a replication channel stopped by hand" : "had a replication channel reset"),
        411 => RdsEvent.Ongoing("upgrade", "passed its check before the upgrade"),
        415 => RdsEvent.Cleared("replication", "replicates again after the upgrade"),
        416 => RdsEvent.Ongoing("replication", "pauses its replication for the upgrade"),

        // Keys and configuration
        418 => RdsEvent.Raised(Critical, "key", "cannot reach its encryption key"),
        419 => RdsEvent.Raised(Critical, "key", "becomes inaccessible: its encryption key is out of reach"),
        420 => RdsEvent.Cleared("key", "reaches its encryption key again"),
        31 => RdsEvent.Raised(Critical, "failure", "has failed; restore it to a point in time"),
        35 => RdsEvent.Raised(Error, "failure", "has incompatible parameters"),
        36 => RdsEvent.Raised(Error, "failure", "is in an incompatible network"),
        67 => RdsEvent.Stated(Error, "could not have its password reset"),
        16 => RdsEvent.Stated(Warning, "had its master password reset"),
        28 => RdsEvent.Stated(Warning, "no longer has automated backups"),
        32 => RdsEvent.Stated(Info, "has automated backups now"),
        68 => RdsEvent.Stated(Info, "decrypts its HSM partition password for an update"),
        12 => RdsEvent.Ongoing("class", "changes its instance class"),
        14 => RdsEvent.Cleared("class", "has its new instance class"),
        24 => RdsEvent.Ongoing("multi-az", "is being converted to Multi-AZ"),
        25 => RdsEvent.Cleared("multi-az", "is Multi-AZ now"),
        30 => RdsEvent.Ongoing("multi-az", "is being converted to Single-AZ"),
        29 => RdsEvent.Cleared("multi-az", "is Single-AZ now"),
        327 => RdsEvent.Raised(Error, "secret", "cannot find its secret"),
        3 or 171 => RdsEvent.Stated(Warning, "was deleted"),
        5 or 170 => RdsEvent.Stated(Info, "was created"),
        76 or 77 => RdsEvent.Stated(Error, id is 76 ? "could not be migrated" : "could not convert a table to InnoDB"),
        84 or 85 or 157 or 158 or 426 => RdsEvent.Stated(Error, id switch
        {
            84 => "could not be converted to Multi-AZ",
            85 => "could not be upgraded",
            157 => "could not change its instance class",
            158 => "is in a state that cannot be upgraded",
            _ => "cannot be a replication source now",
        }),

        // Maintenance
        26 => new(Warning, Status.Ongoing, "maintenance", "is down for patches"),
        27 => RdsEvent.Cleared("maintenance", "is back with its patches"),
        47 or 290 => RdsEvent.Cleared("maintenance", "was patched"),
        155 or 156 => RdsEvent.Stated(Info, "has a minor version upgrade available"),
        230 => RdsEvent.Stated(Warning, "has a system update available"),
        177 or 178 => RdsEvent.Ongoing("upgrade", "is being upgraded"),
        173 or 176 or 268 => RdsEvent.Cleared("upgrade", "was upgraded"),
        174 => RdsEvent.Raised(Error, "upgrade", "is in a state that cannot be upgraded"),
        264 or 410 or 363 => RdsEvent.Ongoing("upgrade", "is checked before its upgrade"),
        265 => RdsEvent.Ongoing("upgrade", "passed its check before the upgrade"),
        266 => new(Warning, Status.Ongoing, "upgrade", "is down for its upgrade"),
        267 or 286 or 417 => RdsEvent.Ongoing("upgrade", "is being upgraded"),
        269 or 413 or 414 => RdsEvent.Ongoing("upgrade", "is being upgraded: tasks around it run"),
        270 => RdsEvent.Raised(Error, "upgrade", "could not be upgraded and was rolled back"),
        188 => RdsEvent.Raised(Error, "upgrade", "could not be upgraded"),
        412 => RdsEvent.Raised(Error, "upgrade", "did not pass its check before the upgrade"),
        287 => RdsEvent.Stated(Warning, "needs an operating system upgrade"),
        288 => RdsEvent.Ongoing("os upgrade", "upgrades its operating system"),
        289 => RdsEvent.Cleared("os upgrade", "has upgraded its operating system"),
        387 or 389 => RdsEvent.Raised(Error, "os upgrade", "could not upgrade its operating system"),
        425 or 429 => RdsEvent.Raised(Error, "os upgrade", "cannot upgrade its operating system"),
        192 => RdsEvent.Ongoing("time zone file", "updates its time zone file"),
        194 => RdsEvent.Cleared("time zone file", "has updated its time zone file"),
        195 => RdsEvent.Raised(Error, "time zone file", "could not update its time zone file"),
        422 => RdsEvent.Stated(Warning, "will have its host replaced"),
        501 or 502 => RdsEvent.Stated(Warning, "needs a new server certificate, with a reboot"),

        // Backups, snapshots, exports
        1 => RdsEvent.Ongoing("backup", "is being backed up"),
        2 => RdsEvent.Cleared("backup", "was backed up"),
        86 => RdsEvent.Stated(Warning, "could not take its option group"),
        40 or 74 or 90 or 168 => RdsEvent.Ongoing("snapshot", "is being taken"),
        42 or 75 or 91 or 169 => RdsEvent.Cleared("snapshot", "was taken"),
        41 => RdsEvent.Stated(Info, "was deleted"),
        19 or 43 => RdsEvent.Stated(Info, id is 19 ? "was restored to a point in time" : "was restored"),
        59 or 196 => RdsEvent.Ongoing("copy", "is being copied"),
        60 or 197 => RdsEvent.Cleared("copy", "was copied"),
        61 or 190 => RdsEvent.Stated(Warning, "was not copied: cancelled"),
        159 or 162 or 234 => RdsEvent.Raised(Error, "export", "could not be exported"),
        160 or 163 or 235 => RdsEvent.Stated(Warning, "was not exported: cancelled"),
        161 or 164 or 236 => RdsEvent.Cleared("export", "was exported"),

        // Proxies and blue/green deployments
        243 => RdsEvent.Raised(Error, "proxy", "has no free IP addresses for its capacity"),
        275 => RdsEvent.Stated(Error, "throttled connections: too many at once"),
        244 => RdsEvent.Cleared("creation", "is ready to be switched over"),
        245 => RdsEvent.Raised(Error, "creation", "could not be created"),
        247 or 250 => new(Warning, Status.Ongoing, "switchover", "is switching over"),
        248 or 251 => RdsEvent.Cleared("switchover", "was switched over"),
        249 or 252 => RdsEvent.Raised(Error, "switchover", "was not switched over: cancelled"),
        307 => RdsEvent.Ongoing("switchover", "syncs its sequences for the switchover"),
        308 => RdsEvent.Ongoing("switchover", "has synced its sequences for the switchover"),
        310 => RdsEvent.Raised(Error, "switchover", "was not switched over: its sequences failed to sync"),

        // Scaling of serverless clusters, backtracking, custom engine versions
        141 => RdsEvent.Ongoing("scaling", "is being scaled"),
        142 => RdsEvent.Cleared("scaling", "was scaled"),
        143 => RdsEvent.Stated(Warning, "could not be scaled"),
        149 => RdsEvent.Stated(Warning, "was scaled, but not seamlessly"),
        131 => RdsEvent.Raised(Warning, "backtrack", "can backtrack less far than it should"),
        132 => RdsEvent.Cleared("backtrack", "can backtrack as far as it should"),
        316 or 317 or 318 => RdsEvent.Ongoing("creation", "is being created"),
        319 => RdsEvent.Cleared("creation", "was created"),
        198 or 320 => RdsEvent.Raised(Error, "creation", "could not be created"),
        277 => RdsEvent.Stated(Error, "could not be deleted"),
        _ => null,
    };
}
