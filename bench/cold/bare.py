"""The least that Python can do: one SNS event from the Runtime API to a Slack webhook, then the answer."""
import http.client
import json
import os
import ssl
from urllib.parse import urlsplit

api = os.environ["AWS_LAMBDA_RUNTIME_API"]
webhook = urlsplit(os.environ["SLACK_WEBHOOK"])
headers = {"content-type": "application/json"}

runtime = http.client.HTTPConnection(api)
runtime.request("GET", "/2018-06-01/runtime/invocation/next")
answer = runtime.getresponse()
sns = json.loads(answer.read())["Records"][0]["Sns"]
text = f'{sns["Subject"]}: {json.loads(sns["Message"])["Event Message"]}'

if webhook.scheme == "https":
    slack = http.client.HTTPSConnection(webhook.hostname, webhook.port, context=ssl.create_default_context())
else:
    slack = http.client.HTTPConnection(webhook.hostname, webhook.port)
slack.request("POST", webhook.path, json.dumps({"text": text}), headers)
slack.getresponse().read()

request = answer.headers["Lambda-Runtime-Aws-Request-Id"]
runtime.request("POST", f"/2018-06-01/runtime/invocation/{request}/response", "{}", headers)
runtime.getresponse().read()
