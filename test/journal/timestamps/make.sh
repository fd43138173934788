#!/usr/bin/env bash
# A time stamping authority for tests, in the folder where this runs: makes a root and two signers, and answers requests with OpenSSL 3.
# It answers head.tsq where that is there; without it, it asks for SHA-256 of "a head" itself. Private keys are thrown away.
# The files beside this script were made by it once; their certificates are valid for a hundred years from then on.
set -euo pipefail
cat > authority.cnf <<'END'
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[authority]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
END
echo 01 > serial
curve='-newkey ec -pkeyopt ec_paramgen_curve:P-256'
root() { openssl req -x509 $curve -nodes -days 36500 -subj "/O=Practice/CN=$2" -keyout "$1.key" -out "$1.pem" -config authority.cnf -extensions root; }
signer() {
	openssl req $3 -nodes -subj "/O=Practice/CN=$2" -keyout "$1.key" -out "$1.csr" -config authority.cnf
	openssl x509 -req -in "$1.csr" -CA root.pem -CAkey root.key -CAcreateserial -days 36500 -extfile authority.cnf -extensions signer -out "$1.pem"
}
answer() { openssl ts -reply -config authority.cnf -section authority -queryfile "$1" -signer "$2.pem" -inkey "$2.key" -out "$3.tsr"; }
root root 'Practice Root'
signer ec 'Practice Stamps' "$curve"
if [ -f head.tsq ]; then
	answer head.tsq ec head
else
	root other 'Another Root'
	signer rsa 'Practice RSA Stamps' '-newkey rsa:2048'
	hash=$(printf 'a head' | sha256sum | cut -d' ' -f1)
	ask() { openssl ts -query -digest "$hash" -sha256 -no_nonce -out ask.tsq "$@"; }
	ask -cert
	answer ask.tsq ec ec
	answer ask.tsq rsa rsa
	# The same words, signed by a certificate that is not for timestamps: OpenSSL's authority refuses to, its CMS does not.
	openssl req $curve -nodes -subj '/O=Practice/CN=Practice Mail' -keyout mail.key -out mail.csr -config authority.cnf
	openssl x509 -req -in mail.csr -CA root.pem -CAkey root.key -days 36500 -out mail.pem
	openssl ts -reply -in ec.tsr -token_out -out token.der
	openssl cms -verify -noverify -inform DER -in token.der -out words.der
	openssl cms -sign -binary -nodetach -cades -econtent_type 1.2.840.113549.1.9.16.1.4 -in words.der -signer mail.pem -inkey mail.key -outform DER -out mail.tsr
	ask
	answer ask.tsq ec without-certificate
	ask -cert -tspolicy 1.9.9
	answer ask.tsq ec refused
fi
rm -f -- *.key *.csr *.srl *.der serial* ask.tsq mail.pem authority.cnf
