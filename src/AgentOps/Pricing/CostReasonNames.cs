namespace AgentOps.Pricing;

/// <summary>What reasons are called where other programs read them.</summary>
internal static class CostReasonNames
{
    public static string Of(CostReason reason) => reason switch
    {
        CostReason.UnknownModel => "unknown_model",
        CostReason.UnknownServiceTier => "unknown_service_tier",
        CostReason.Reported => "reported",
        CostReason.Priced => "priced",
        CostReason.Free => "free",
        _ => "unknown_usage",
    };
}
