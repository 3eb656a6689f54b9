"""Shapes at the JSON door."""

from typing import Any

from rest_framework import serializers


class TokenIn(serializers.Serializer[dict[str, Any]]):
    email = serializers.EmailField()
    password = serializers.CharField()


class ConsentOut(serializers.Serializer[Any]):
    purpose = serializers.CharField()
    version = serializers.CharField()
    given_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


class MeOut(serializers.Serializer[dict[str, Any]]):
    id = serializers.IntegerField()
    email = serializers.EmailField()
    name = serializers.CharField()
    language = serializers.CharField()
    neighbourhood = serializers.CharField(allow_null=True)
    roles = serializers.ListField(child=serializers.CharField())
    consents = ConsentOut(many=True)


class NewTokenOut(serializers.Serializer[dict[str, Any]]):
    token = serializers.CharField()
    expiry = serializers.DateTimeField(allow_null=True)
