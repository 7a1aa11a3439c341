using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Repository.Api.Audit;
using Repository.Api.Capabilities;
using Repository.Api.Cluster;
using Repository.Api.Coffer;
using Repository.Api.Hosting.Requests;
using Repository.Api.Keys;
using Repository.Api.Machines;
using Repository.Api.Operation;
using Repository.Api.Resources;
using Repository.Api.Rooms;
using Repository.Api.Sessions;
using Repository.Api.Software;
using Repository.Api.Users;
using Repository.Domain.Capabilities;

namespace Repository.Api.Hosting.Json;

/// <summary>
/// Every JSON type of the API, and the strictness that the contract asks for: names are case-sensitive, unknown and duplicate
/// members and wrong types are refused, null is absent and only where a member is optional.
/// </summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string[]>))]
[JsonSerializable(typeof(RegisterMachineRequest))]
[JsonSerializable(typeof(RegisteredMachine))]
[JsonSerializable(typeof(VerifyMachineRequest))]
[JsonSerializable(typeof(VerifiedMachine))]
[JsonSerializable(typeof(UpdateMachineRequest))]
[JsonSerializable(typeof(MachineView))]
[JsonSerializable(typeof(AdministratorsMachineView))]
[JsonSerializable(typeof(Page<AdministratorsMachineView>))]
[JsonSerializable(typeof(CapabilityDocument))]
[JsonSerializable(typeof(CapabilityVerification))]
[JsonSerializable(typeof(IReadOnlyList<CapabilityReason>))]
[JsonSerializable(typeof(ActivatedSeat))]
[JsonSerializable(typeof(CapabilityView))]
[JsonSerializable(typeof(Page<SeatView>))]
[JsonSerializable(typeof(RevokeCapabilityRequest))]
[JsonSerializable(typeof(RegisterUserRequest))]
[JsonSerializable(typeof(ReplaceUserKeysRequest))]
[JsonSerializable(typeof(UpdateUserRequest))]
[JsonSerializable(typeof(UserView))]
[JsonSerializable(typeof(CreateSoftwareRequest))]
[JsonSerializable(typeof(UpdateSoftwareRequest))]
[JsonSerializable(typeof(SoftwareView))]
[JsonSerializable(typeof(Page<SoftwareView>))]
[JsonSerializable(typeof(Page<AuditEntryView>))]
[JsonSerializable(typeof(AuditHeadView))]
[JsonSerializable(typeof(ServerStatus))]
[JsonSerializable(typeof(ReadyView))]
[JsonSerializable(typeof(JsonWebKeySetView))]
[JsonSerializable(typeof(CreateResourceRequest))]
[JsonSerializable(typeof(UpdateResourceRequest))]
[JsonSerializable(typeof(ResourceView))]
[JsonSerializable(typeof(Page<ResourceView>))]
[JsonSerializable(typeof(CreateLoginTokenRequest))]
[JsonSerializable(typeof(CreatedLoginToken))]
[JsonSerializable(typeof(LoginTokenView))]
[JsonSerializable(typeof(Page<LoginTokenView>))]
[JsonSerializable(typeof(MachineTokenRequest))]
[JsonSerializable(typeof(MachineTokenView))]
[JsonSerializable(typeof(Page<TimecodeView>))]
[JsonSerializable(typeof(ResourceTokenRequest))]
[JsonSerializable(typeof(ResourceTokenView))]
[JsonSerializable(typeof(IssueChallengeRequest))]
[JsonSerializable(typeof(SessionChallengeView))]
[JsonSerializable(typeof(OpenSessionRequest))]
[JsonSerializable(typeof(OpenedSession))]
[JsonSerializable(typeof(TokenForm))]
[JsonSerializable(typeof(IntrospectedToken))]
[JsonSerializable(typeof(TokenRevocationView))]
[JsonSerializable(typeof(TimeView))]
[JsonSerializable(typeof(OpenIdConfigurationView))]
[JsonSerializable(typeof(CreateClusterRequest))]
[JsonSerializable(typeof(UserClusterView))]
[JsonSerializable(typeof(Page<UserClusterView>))]
[JsonSerializable(typeof(JoinClusterRequest))]
[JsonSerializable(typeof(UserClusterMemberView))]
[JsonSerializable(typeof(Page<UserClusterMemberView>))]
[JsonSerializable(typeof(ClusterView))]
[JsonSerializable(typeof(NodeView))]
[JsonSerializable(typeof(JoinTokenView))]
[JsonSerializable(typeof(AdmitNodeRequest))]
[JsonSerializable(typeof(UpdateNodeRequest))]
[JsonSerializable(typeof(CofferView))]
[JsonSerializable(typeof(DefinitionView))]
[JsonSerializable(typeof(CofferVersionView))]
[JsonSerializable(typeof(ShardView))]
[JsonSerializable(typeof(Page<ShardView>))]
[JsonSerializable(typeof(SetSecretRequest))]
[JsonSerializable(typeof(BindLicenceRequest))]
[JsonSerializable(typeof(BoundLicenceView))]
[JsonSerializable(typeof(CompanionView))]
[JsonSerializable(typeof(Page<CompanionView>))]
[JsonSerializable(typeof(CreateRoomRequest))]
[JsonSerializable(typeof(UpdateRoomRequest))]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(Page<RoomView>))]
[JsonSerializable(typeof(MembershipView))]
[JsonSerializable(typeof(Page<RoomMemberView>))]
[JsonSerializable(typeof(RenewEpochRequest))]
[JsonSerializable(typeof(EpochView))]
[JsonSerializable(typeof(RoomKeyView))]
[JsonSerializable(typeof(PostMessageRequest))]
[JsonSerializable(typeof(PostedMessageView))]
[JsonSerializable(typeof(RoomEventsView))]
[JsonSerializable(typeof(EventsView))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Escapes only what JSON must: answers are never parts of a page, and browsers are told not to guess (nosniff).</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static ApiJson Strict { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = Encoder,
        Converters = { new Rfc3339Converter(), new AllowedPeersConverter(), new Base64BytesConverter(), new WrappedKeysConverter() },
    });

    /// <summary>How a type of the API is read and written.</summary>
    public static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)TypeInfo(typeof(T));

    /// <inheritdoc cref="TypeInfo{T}"/>
    public static JsonTypeInfo TypeInfo(Type type) =>
        Strict.GetTypeInfo(type) ?? throw new InvalidOperationException($"{type} is not listed in {nameof(ApiJson)}.");
}
