namespace Signalbox.Effects;

/// <summary>Fetches what stands behind references to AWS, all of them at once. It has a deadline of its own and never throws.</summary>
/// <param name="references">What is wanted, each once; of a secret always the whole.</param>
/// <returns>For each reference, in their order, its value, or why there is none.</returns>
public delegate Task<ValueList<Revealed>> Vault(ValueList<VaultReference> references);
