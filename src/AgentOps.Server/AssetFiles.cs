using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace AgentOps.Server;

/// <summary>The style sheets and the one module: resources of the assembly, known by their content.</summary>
internal static class AssetFiles
{
    private static readonly Dictionary<string, (byte[] Bytes, string Type)> s_files = new(StringComparer.Ordinal)
    {
        ["tokens.css"] = Load("tokens.css", "text/css; charset=utf-8"),
        ["app.css"] = Load("app.css", "text/css; charset=utf-8"),
        ["dashboard.css"] = Load("dashboard.css", "text/css; charset=utf-8"),
        ["dashboard.js"] = Load("dashboard.js", "text/javascript; charset=utf-8"),
        ["icon.svg"] = Load("icon.svg", "image/svg+xml"),
    };

    private static readonly Dictionary<string, string> s_addresses = s_files.ToDictionary(
        static file => file.Key, static file => $"/assets/{file.Key}?v={Convert.ToHexStringLower(SHA256.HashData(file.Value.Bytes).AsSpan(0, 6))}", StringComparer.Ordinal);

    public static string AddressOf(string name) => s_addresses[name];

    public static void MapAssets(this WebApplication application) => application.MapGet("/assets/{name}", static (string name, HttpContext context) =>
    {
        if (!s_files.TryGetValue(name, out (byte[] Bytes, string Type) file))
            return Results.NotFound();
        if (context.Request.Query.ContainsKey("v"))
            context.Response.Headers[HeaderNames.CacheControl] = "private, max-age=31536000, immutable";
        return Results.Bytes(file.Bytes, file.Type);
    });

    private static (byte[] Bytes, string Type) Load(string name, string type)
    {
        using Stream stream = typeof(AssetFiles).Assembly.GetManifestResourceStream($"Assets/{name}") ?? throw new InvalidOperationException($"The resource '{name}' is missing.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (bytes, type);
    }
}
