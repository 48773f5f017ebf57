using Microsoft.Playwright;

namespace OpsDashboard.Testing.Browsing;

/// <summary>
/// Reads off a circuit's web socket when the page became interactive: the server has rendered all root components, and the
/// browser has acknowledged every rendering until then, so handlers are attached.
/// </summary>
internal sealed class CircuitWatch(Action interactive)
{
    private readonly Lock _gate = new();
    private int _rendered;
    private int _acknowledged;
    private bool _complete;
    private bool _told;

    public void Attach(IWebSocket socket)
    {
        socket.FrameReceived += (_, frame) => Note(frame, received: true);
        socket.FrameSent += (_, frame) => Note(frame, received: false);
    }

    private void Note(IWebSocketFrame frame, bool received)
    {
        if (frame.Binary is not { } bytes)
        {
            return;
        }

        lock (_gate)
        {
            if (received)
            {
                _rendered += Count(bytes, "JS.RenderBatch"u8);
                _complete |= Count(bytes, "JS.EndUpdateRootComponents"u8) > 0;
            }
            else
            {
                _acknowledged += Count(bytes, "OnRenderCompleted"u8);
            }

            if (_told || !_complete || _acknowledged < _rendered)
            {
                return;
            }

            _told = true;
        }

        interactive();
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word)
    {
        var count = 0;
        for (var at = bytes.IndexOf(word); at >= 0; at = bytes.IndexOf(word))
        {
            count++;
            bytes = bytes[(at + word.Length)..];
        }

        return count;
    }
}
