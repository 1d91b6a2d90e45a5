using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AgentOps.Log;

namespace AgentOps.Recording;

/// <summary>Writes values of the types that the application registered, by what was generated for them. Thread-safe.</summary>
internal sealed class RegisteredTypes(IJsonTypeInfoResolver resolver)
{
    private readonly JsonSerializerOptions _options = new()
    {
        TypeInfoResolver = resolver.WithAddedModifier(LeaveOutMarked),
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
    };

    /// <summary>Writes a value if its run-time type is registered.</summary>
    public bool TryWrite(PayloadBuilder payload, object value)
    {
        if (!_options.TryGetTypeInfo(value.GetType(), out JsonTypeInfo? info))
            return false;
        if (IsMarked(value.GetType()))
            payload.WriteRedacted();
        else
            JsonValues.Write(payload, JsonSerializer.SerializeToUtf8Bytes(value, info));
        return true;
    }

    /// <summary>
    /// Takes marked members off a type's description, so that they are not even read. What is secret by its name is erased later, where
    /// the JSON is taken apart.
    /// </summary>
    private static void LeaveOutMarked(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        HashSet<string> marked = MarkedNames(info.Type);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        bool areNamesKnown = true;
        for (int i = info.Properties.Count - 1; i >= 0; i--)
        {
            JsonPropertyInfo property = info.Properties[i];
            areNamesKnown &= property.AttributeProvider is MemberInfo;
            string name = property.AttributeProvider is MemberInfo member ? member.Name : Plain(property.Name);
            if (!marked.Contains(name) && !IsMarked(property.AttributeProvider) && !IsMarked(property.PropertyType))
                continue;
            found.Add(name);
            info.Properties.RemoveAt(i);
        }
        // Descriptions made for .NET 8 give the JSON name only; a marked member that bears another one there cannot be found.
        if (!areNamesKnown && !found.IsSupersetOf(marked))
            info.Properties.Clear();
    }

    /// <summary>Names of the members that the type, its bases and its interfaces mark, also by the parameter of a record.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Properties that a description names are kept with their attributes.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "Properties that a description names are kept with their attributes.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Properties that a description names are kept with their attributes.")]
    private static HashSet<string> MarkedNames(Type type)
    {
        const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var levels = new List<Type>(type.GetInterfaces());
        for (Type? level = type; level is not null; level = level.BaseType)
            levels.Add(level);
        foreach (Type level in levels)
        {
            names.UnionWith(level.GetProperties(Declared).Where(IsMarked).Select(static p => p.Name));
            names.UnionWith(level.GetFields(Declared).Where(IsMarked).Select(static f => f.Name));
            foreach (ConstructorInfo constructor in level.GetConstructors(Declared))
                names.UnionWith(constructor.GetParameters().Where(IsMarked).Select(static p => p.Name ?? ""));
        }
        return names;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static bool IsMarked(ICustomAttributeProvider? member) =>
        member?.GetCustomAttributes(typeof(RedactAttribute), inherit: true) is { Length: > 0 } marks
        && ((RedactAttribute)marks[0]).Redaction != Redaction.None;
}
