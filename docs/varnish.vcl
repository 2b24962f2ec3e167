vcl 4.1;
# A cache in front of the portal that drops by key.
#   FRONT_CACHE_URLS=varnish+http://127.0.0.1:6081  FRONT_CACHE_TOKEN=<long and random>
import std;
backend default { .host = "127.0.0.1"; .port = "8000"; }
acl portal { "127.0.0.1"; }

sub vcl_recv {
    if (req.method == "BAN") {
        if (!client.ip ~ portal || req.http.X-Cache-Refresh != "CHANGE-THIS-TOKEN") {
            return (synth(403, "Forbidden"));
        }
        if (std.ban("obj.http.Cache-Keys ~ " + req.http.X-Ban-Keys)) {
            return (synth(200, "Dropped"));
        }
        return (synth(400, std.ban_error()));
    }
    if (req.method != "GET" && req.method != "HEAD") { return (pass); }
    if (req.http.Cookie ~ "(^|; )(sessionid|django_language)=") { return (pass); }
    unset req.http.Cookie;
    return (hash);
}
sub vcl_backend_response {
    # Nothing is kept without the portal's word.
    if (beresp.http.Cache-Control !~ "s-maxage") { set beresp.uncacheable = true; }
    set beresp.grace = 10s;
    return (deliver);
}
sub vcl_deliver { unset resp.http.Cache-Keys; }
