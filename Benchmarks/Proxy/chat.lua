-- A chat completion whose body has SIZE bytes (environment), with a key.
local size = tonumber(os.getenv("SIZE") or "1024")
local start = '{"model":"public","messages":[{"role":"user","content":"'
local stop = '"}],"temperature":0.7}'
wrk.method = "POST"
wrk.path = "/v1/chat/completions"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer sk-benchmark"
wrk.headers["accept"] = "application/json"
wrk.headers["user-agent"] = "benchmark"
wrk.body = start .. string.rep("x", size - #start - #stop) .. stop

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("result %d %d %d %d\n", summary.requests, summary.duration,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
