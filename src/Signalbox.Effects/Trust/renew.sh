#!/usr/bin/env bash
# Prints roots.pem from the files of Debian's package ca-certificates.
set -euo pipefail
cd /usr/share/ca-certificates/mozilla
for name in \
  DigiCert_Global_Root_CA DigiCert_Global_Root_G2 DigiCert_Global_Root_G3 DigiCert_High_Assurance_EV_Root_CA \
  DigiCert_TLS_ECC_P384_Root_G5 DigiCert_TLS_RSA4096_Root_G5 \
  Amazon_Root_CA_1 Amazon_Root_CA_2 Amazon_Root_CA_3 Amazon_Root_CA_4 Starfield_Services_Root_Certificate_Authority_-_G2 \
  ISRG_Root_X1 ISRG_Root_X2 GTS_Root_R1 GTS_Root_R4 GlobalSign_Root_CA
do
  openssl x509 -in "$name.crt" -noout -subject -nameopt RFC2253,-esc_msb | sed 's/^subject=/# /'
  openssl x509 -in "$name.crt"
done
