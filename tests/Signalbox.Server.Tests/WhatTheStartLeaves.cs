namespace Signalbox.Server.Tests;

public sealed class WhatTheStartLeaves
{
    private const string Maps = """
        5600-5700 r--p 00000000 fe:00 53 /opt/sign box/signalbox
        Size:                  4 kB
        Rss:                   4 kB
        Private_Clean:         4 kB
        Private_Dirty:         0 kB
        Anonymous:             0 kB
        Swap:                  0 kB
        5700-5900 r-xp 0003d000 fe:00 53                    /opt/sign box/signalbox
        Private_Dirty:         0 kB
        VmFlags: rd ex mr mw me
        5900-5a00 r--p 0108a000 fe:00 53                    /opt/sign box/signalbox
        Private_Dirty:         4 kB
        5a00-5b00 r--p 0108a000 fe:00 53                    /opt/sign box/signalbox
        Private_Dirty:         0 kB
        Swap:                  4 kB
        5b00-5c00 rw-p 01f68000 fe:00 53                    /opt/sign box/signalbox
        Private_Dirty:         0 kB
        5c00-6000 rw-p 00000000 00:00 0
        Private_Dirty:       208 kB
        6000-6100 r-xp 00000000 00:00 0 [vdso]
        Private_Dirty:         0 kB
        7f00-7fff r-xp 00000000 fe:00 99                    /usr/lib/libc.so.6
        Private_Dirty:         0 kB
        """;

    [Fact]
    public void Only_what_can_be_read_from_its_file_again_is_given_back() =>
        Assert.Equal([((nuint)0x5600, (nuint)0x100), (0x5700, 0x200), (0x7f00, 0xff)], SparePages.OfFiles(Maps.Split('\n')));
}
