using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OpsDashboard.Application.Audit.Signing;

/// <summary>
/// Ed25519 (RFC 8032) by the one-shot functions of the OpenSSL library that the runtime itself uses; .NET 10 has no public one.
/// </summary>
internal static unsafe partial class Ed25519
{
    public const int SeedLength = 32;
    public const int SignatureLength = 64;
    private const string Library = "libcrypto";
    private const int KeyType = 1087;

    static Ed25519() => NativeLibrary.SetDllImportResolver(typeof(Ed25519).Assembly, (name, assembly, path) =>
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (var candidate in (string[])["libcrypto.so.3", "libcrypto.so", "libcrypto.3.dylib", "libcrypto-3-x64.dll"])
        {
            if (NativeLibrary.TryLoad(candidate, out var handle))
            {
                return handle;
            }
        }

        throw new PlatformNotSupportedException("OpenSSL 3 (libcrypto) is needed to sign the audit trail and was not found.");
    });

    /// <param name="seed">The private key, 32 bytes.</param>
    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        var key = PrivateKey(seed);
        try
        {
            var bytes = new byte[32];
            nuint length = 32;
            fixed (byte* into = bytes)
            {
                Require(GetRawPublicKey(key, into, &length));
            }

            return bytes;
        }
        finally
        {
            FreeKey(key);
        }
    }

    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> text)
    {
        var key = PrivateKey(seed);
        var context = NewContext();
        try
        {
            var signature = new byte[SignatureLength];
            nuint length = SignatureLength;
            Require(SignInit(context, 0, 0, 0, key));
            fixed (byte* into = signature, from = text)
            {
                Require(SignOnce(context, into, &length, from, (nuint)text.Length));
            }

            return signature;
        }
        finally
        {
            FreeContext(context);
            FreeKey(key);
        }
    }

    public static bool IsSigned(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != 32 || signature.Length != SignatureLength)
        {
            return false;
        }

        nint key;
        fixed (byte* raw = publicKey)
        {
            key = NewRawPublicKey(KeyType, 0, raw, 32);
        }

        if (key == 0)
        {
            return false;
        }

        var context = NewContext();
        try
        {
            Require(VerifyInit(context, 0, 0, 0, key));
            fixed (byte* of = signature, from = text)
            {
                return VerifyOnce(context, of, (nuint)signature.Length, from, (nuint)text.Length) == 1;
            }
        }
        finally
        {
            FreeContext(context);
            FreeKey(key);
        }
    }

    private static nint PrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedLength)
        {
            throw new ArgumentException($"An Ed25519 private key has {SeedLength} bytes.", nameof(seed));
        }

        fixed (byte* raw = seed)
        {
            var key = NewRawPrivateKey(KeyType, 0, raw, SeedLength);
            return key != 0 ? key : throw new CryptographicException("OpenSSL refused the private key.");
        }
    }

    private static void Require(int answer)
    {
        if (answer != 1)
        {
            throw new CryptographicException("OpenSSL could not complete an Ed25519 operation.");
        }
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    private static partial nint NewRawPrivateKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    private static partial nint NewRawPublicKey(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    private static partial int GetRawPublicKey(nint key, byte* into, nuint* length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial nint NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    private static partial int SignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    private static partial int SignOnce(nint context, byte* signature, nuint* length, byte* text, nuint textLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    private static partial int VerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    private static partial int VerifyOnce(nint context, byte* signature, nuint length, byte* text, nuint textLength);
}
