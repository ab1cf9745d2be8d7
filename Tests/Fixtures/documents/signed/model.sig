{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIwNjFhY2IzOWJmY2VjMzA3MWJlZjA2MDgzYThjZmM1NmFkMjI5MmE1YzJmMmJlZDgzYmIzYzgyODFlNDlhYTBiIiwibmFtZSI6Im1vZGVsIn0seyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIyYjk5YWMwODQ3MmQxNzFkYTY2YTUwYTlmZDdlYzRlNzg5NzUzOTA1N2I0YmU4YzU4YmUyN2FjZGU4YjI1NTBmIiwibmFtZSI6InZlcnNpb24uanNvbiJ9XSwic2VyaWFsaXphdGlvbiI6eyJhbGxvd19zeW1saW5rcyI6ZmFsc2UsImhhc2hfdHlwZSI6InNoYTI1NiIsImlnbm9yZV9wYXRocyI6W10sIm1ldGhvZCI6ImZpbGVzIn19LCJwcmVkaWNhdGVUeXBlIjoiaHR0cHM6Ly9tb2RlbF9zaWduaW5nL3NpZ25hdHVyZS92MS4wIiwic3ViamVjdCI6W3siZGlnZXN0Ijp7InNoYTI1NiI6IjcxMWYwMjNlNzRmMWY1OThjMTExNjczOTNmYTc5NmFmZDAxMTc2YzBjNWJmN2I2ZGNlNjcyZDJjNWRlNmQyN2QifSwibmFtZSI6ImxlYXZlcnMtMSJ9XX0=",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "MEUCIGu+oYUBRvbKejKbh61Kmke2L8rp3PoET4jIFVrz33iSAiEA/PHt7l/4HmLQx/tCOMFw9JvR0E2ShkVujMKaw2Fr/z4="
      }
    ]
  },
  "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
  "verificationMaterial": {
    "publicKey": {
      "hint": "1f7d86c7015f97454c44e875567caa164c39c65819343e84a298f6fd4b26e085"
    },
    "tlogEntries": []
  }
}
