namespace AgentOps.Generators.Diagnostics;

/// <summary>The ids of all rules: 01 declarations, 02 calls, 03 data, 04 set-up, 05 sessions.</summary>
internal static class RuleIds
{
    public const string NotAnOrdinaryMethod = "AOPS0101";
    public const string UnsupportedSignature = "AOPS0102";
    public const string UnnameableType = "AOPS0103";
    public const string InaccessibleMethod = "AOPS0104";
    public const string AsyncVoid = "AOPS0105";
    public const string ConflictingMarks = "AOPS0106";
    public const string InvalidCaptureValue = "AOPS0107";
    public const string BodyMissing = "AOPS0108";
    public const string NotDecorated = "AOPS0109";
    public const string MarksDisagree = "AOPS0110";
    public const string UnknownUsage = "AOPS0111";
    public const string CommonName = "AOPS0112";
    public const string MethodGroup = "AOPS0201";
    public const string BaseCall = "AOPS0202";
    public const string TypeParameterReceiver = "AOPS0203";
    public const string Dynamic = "AOPS0204";
    public const string ExpressionTree = "AOPS0205";
    public const string DuplicateContent = "AOPS0206";
    public const string UnsupportedSyntax = "AOPS0207";
    public const string RecordedCall = "AOPS0208";
    public const string TaskNotAwaited = "AOPS0209";
    public const string StreamNotRead = "AOPS0210";
    public const string GenericRecursion = "AOPS0211";
    public const string NamedOnly = "AOPS0301";
    public const string SecretByName = "AOPS0302";
    public const string OutputNotCaptured = "AOPS0304";
    public const string NamespaceNotListed = "AOPS0401";
    public const string RuntimeNotReferenced = "AOPS0402";
    public const string LanguageTooOld = "AOPS0403";
    public const string SwitchedOff = "AOPS0404";
    public const string NamespaceHidden = "AOPS0406";
    public const string MissingSession = "AOPS0501";
    public const string MissingSessionHere = "AOPS0502";
    public const string IgnoredSession = "AOPS0503";
    public const string SessionNotEnded = "AOPS0504";
    public const string SessionEndedTwice = "AOPS0505";
    public const string SessionUsedAfterEnd = "AOPS0506";
    public const string TaskOutlivesSession = "AOPS0507";
    public const string SessionsPileUp = "AOPS0508";
    public const string AsyncOpening = "AOPS0509";
}
