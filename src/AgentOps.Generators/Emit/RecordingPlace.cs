namespace AgentOps.Generators.Emit;

/// <summary>Where statements that record stand, and so what they must write to reach the runtime and their generated helpers.</summary>
/// <param name="Runtime">What stands before the runtime's types.</param>
/// <param name="Holder">What stands before captures and encoders.</param>
/// <param name="Access">How far these can be seen.</param>
internal sealed record RecordingPlace(string Runtime, string Holder, string Access)
{
    /// <summary>In the static class that holds everything, under the runtime's using directive.</summary>
    public static readonly RecordingPlace InHolder = new("", "", "private");

    /// <summary>In a type beside the holder, in the same namespace.</summary>
    public static RecordingPlace Beside(string holder) => new("", holder + ".", "internal");

    /// <summary>In a user's type, whose members may have any name.</summary>
    public static RecordingPlace InUsersType(string holder) => new("global::AgentOps.Recording.", holder + ".", "internal");
}
