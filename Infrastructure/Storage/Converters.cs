using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Repository.Domain.Capabilities;
using Repository.Domain.Cluster;
using Repository.Domain.Coffer;
using Repository.Domain.Encoding;
using Repository.Domain.Sessions;

namespace Repository.Infrastructure.Storage;

/// <summary>Dates are stored as UTC ticks, which both databases compare and order.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
    date => date.UtcTicks,
    ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>Hash identifiers are stored as their 16 or 32 bytes: half the index of their text.</summary>
internal sealed class HashIdentifierConverter() : ValueConverter<HashIdentifier, byte[]>(
    identifier => identifier.ToByteArray(),
    bytes => HashIdentifier.Load(bytes));

/// <summary>Capability guids are stored as their 32 bytes.</summary>
internal sealed class CapabilityGuidConverter() : ValueConverter<CapabilityGuid, byte[]>(
    guid => guid.ToByteArray(),
    bytes => CapabilityGuid.Load(bytes));

/// <summary>Session ids are stored as their 16 bytes.</summary>
internal sealed class SessionIdConverter() : ValueConverter<SessionId, byte[]>(
    id => id.ToByteArray(),
    bytes => SessionId.Load(bytes));

/// <summary>Node ids are stored as their 20 or 32 bytes.</summary>
internal sealed class NodeIdConverter() : ValueConverter<NodeId, byte[]>(
    id => id.ToByteArray(),
    bytes => NodeId.Load(bytes));

/// <summary>Names of clusters and their members are stored as they are spelt.</summary>
internal sealed class MemberNameConverter() : ValueConverter<MemberName, string>(
    name => name.ToString(),
    text => MemberName.Parse(text));

/// <summary>Client keys are stored as their 32 bytes.</summary>
internal sealed class ClientKeyConverter() : ValueConverter<ClientKey, byte[]>(
    key => key.ToByteArray(),
    bytes => ClientKey.Load(bytes));
