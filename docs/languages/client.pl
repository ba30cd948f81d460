use IO::Socket::INET;
use IO::Select;

my $client = IO::Socket::INET->new(Proto => 'udp', PeerAddr => '127.0.0.1', PeerPort => 43211)
    or die "connect: $!\n";
$client->send('hello') or die "send: $!\n";
if (!IO::Select->new($client)->can_read(2)) {
    print "no answer\n";
} elsif (defined $client->recv(my $reply, 4096)) {
    print "$reply\n";
} else {
    print "recv: $!\n";
}
