namespace Commonwatt.Node.Community.Live;

/// <summary>Those whose pages are open right now. Any part of the node may tell them something; nobody waits for them.</summary>
internal interface ILiveAudience
{
    /// <summary>Tells everybody.</summary>
    /// <param name="name">The event's name, in small letters.</param>
    /// <param name="content">What is told, as it is written in JSON.</param>
    /// <param name="height">The block it comes from, or null.</param>
    void Tell(string name, object content, ulong? height = null);

    /// <summary>Tells one member, wherever he has a page open. The content is made only if he has.</summary>
    /// <param name="member">Whom.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="content">Makes what is told.</param>
    void TellMember(long member, string name, Func<object> content);

    /// <summary>Ends what a person listens to: he signed out, or what he may see has changed. A page that may go on connects again by itself.</summary>
    /// <param name="person">His <c>sub</c> claim.</param>
    void Dismiss(string person);
}
