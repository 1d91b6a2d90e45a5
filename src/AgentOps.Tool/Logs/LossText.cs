using AgentOps.Log;

namespace AgentOps.Tool.Logs;

/// <summary>Why something is not in a log, in words.</summary>
internal static class LossText
{
    public static string Of(string reason) => reason switch
    {
        nameof(LossReason.NoSegmentReady) => "dropped, as there was no room on the disk (NoSegmentReady)",
        nameof(LossReason.WriteFailed) => "that could not be written to the file (WriteFailed)",
        nameof(LossReason.SegmentExpired) => "segments deleted to keep within MaxLogBytes and MaxLogAge (SegmentExpired)",
        nameof(LossReason.FlushFailed) => "flushes to the disk that failed (FlushFailed)",
        nameof(LossReason.PayloadTruncated) => "payloads cut at MaxPayloadBytes; the events are there (PayloadTruncated)",
        nameof(LossReason.InternalError) => "failures inside the recorder (InternalError)",
        nameof(LossReason.ForkedProcess) => "in a forked process, which records nothing (ForkedProcess)",
        nameof(LossReason.RejectedInput) => "things given to a session that cannot be recorded (RejectedInput)",
        _ => $"({reason})",
    };
}
