using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using AgentOps.Package.Tests.Support;

namespace AgentOps.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
public sealed class PackageContentTests(PackedPackage package)
{
    [Fact]
    public void Package_has_the_runtime_the_generator_its_mends_and_what_a_reader_looks_for()
    {
        using ZipArchive archive = package.OpenPackage();

        Assert.Equal(
            [
                "AgentOps.nuspec", "LICENSE", "README.md",
                "analyzers/dotnet/cs/AgentOps.CodeFixes.dll", "analyzers/dotnet/cs/AgentOps.Generators.dll",
                "build/AgentOps.props", "build/AgentOps.targets", "buildTransitive/AgentOps.props", "buildTransitive/AgentOps.targets",
                "icon.png",
                "lib/net10.0/AgentOps.dll", "lib/net10.0/AgentOps.xml", "lib/net8.0/AgentOps.dll", "lib/net8.0/AgentOps.xml",
            ],
            archive.Entries.Select(static entry => entry.FullName).Where(static name => !IsWrapping(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Symbols_come_in_a_package_of_their_own()
    {
        using ZipArchive archive = package.OpenSymbols();

        Assert.Equal(["lib/net10.0/AgentOps.pdb", "lib/net8.0/AgentOps.pdb"], archive.Entries.Select(static e => e.FullName).Where(static n => n.EndsWith(".pdb", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("AgentOps.props")]
    [InlineData("AgentOps.targets")]
    public void Projects_that_get_the_package_through_another_are_set_up_alike(string file)
    {
        using ZipArchive archive = package.OpenPackage();

        Assert.Equal(Bytes(archive, "build/" + file), Bytes(archive, "buildTransitive/" + file));
    }

    [Fact]
    public void Package_says_what_it_is_and_needs_nothing_else()
    {
        using ZipArchive archive = package.OpenPackage();
        XElement metadata = XDocument.Parse(Encoding.UTF8.GetString(Bytes(archive, "AgentOps.nuspec")).TrimStart('\uFEFF')).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;

        Assert.Equal(("AgentOps", "MIT", "README.md", "icon.png"), (Value("id"), Value("license"), Value("readme"), Value("icon")));
        Assert.DoesNotContain(metadata.Descendants(), static e => e.Name.LocalName == "dependency");
    }

    [Fact]
    public void Nothing_in_the_packages_names_the_machine_that_packed_it()
    {
        using ZipArchive archive = package.OpenPackage();
        using ZipArchive symbols = package.OpenSymbols();
        string[] places = [Repository.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Path.GetTempPath().TrimEnd('/', '\\')];

        foreach (ZipArchiveEntry entry in archive.Entries.Concat(symbols.Entries))
        {
            byte[] bytes = Bytes(entry);
            Assert.All(places, place => Assert.False(
                bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(place + Path.DirectorySeparatorChar)) >= 0, $"{entry.FullName} mentions {place}."));
        }
        Assert.All(symbols.Entries.Where(static e => e.Name.EndsWith(".pdb", StringComparison.Ordinal)), static entry =>
            Assert.All(Documents(MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(entry))).GetMetadataReader()), AssertIsMapped));
    }

    [Theory]
    [InlineData("lib/net8.0/AgentOps.dll")]
    [InlineData("lib/net10.0/AgentOps.dll")]
    [InlineData("analyzers/dotnet/cs/AgentOps.CodeFixes.dll")]
    [InlineData("analyzers/dotnet/cs/AgentOps.Generators.dll")]
    public void Assemblies_are_built_the_same_everywhere(string assembly)
    {
        using ZipArchive archive = package.OpenPackage();
        using var image = new PEReader(new MemoryStream(Bytes(archive, assembly)));

        Assert.Contains(image.ReadDebugDirectory(), static entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        foreach (DebugDirectoryEntry embedded in image.ReadDebugDirectory().Where(static e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb))
            Assert.All(Documents(image.ReadEmbeddedPortablePdbDebugDirectoryData(embedded).GetMetadataReader()), AssertIsMapped);
    }

    [Fact]
    public void Package_shows_the_repositorys_readme()
    {
        using ZipArchive archive = package.OpenPackage();

        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.Root, "README.md")), Bytes(archive, "README.md"));
    }

    private static IEnumerable<string> Documents(MetadataReader symbols) =>
        symbols.Documents.Select(document => symbols.GetString(symbols.GetDocument(document).Name));

    private static void AssertIsMapped(string document) => Assert.StartsWith("/_/", document, StringComparison.Ordinal);

    /// <summary>What every package has around its contents.</summary>
    private static bool IsWrapping(string name) =>
        name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal) || name == "[Content_Types].xml";

    private static byte[] Bytes(ZipArchive archive, string name) => Bytes(archive.GetEntry(name)!);

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
