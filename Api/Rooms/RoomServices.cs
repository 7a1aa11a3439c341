namespace Repository.Api.Rooms;

/// <summary>The operations on rooms that are injected where they are called.</summary>
internal static class RoomServices
{
    public static void AddRooms(this IServiceCollection services)
    {
        services.AddSingleton<RoomWrites>();
        services.AddSingleton<RoomJournal>();
        services.AddSingleton<ReadRoomKey>();
        services.AddSingleton<RoomReader>();
        services.AddSingleton<RoomFeeds>();
        services.AddSingleton<PollHolding>();
        services.AddSingleton<PollRoom>();
        services.AddSingleton<PollRooms>();
        services.AddSingleton<StreamRoom>();
        services.AddScoped<ListRooms>();
        services.AddScoped<ListRoomMembers>();
    }
}
