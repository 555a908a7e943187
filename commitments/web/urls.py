"""Public addresses; each exists in every language (see tracker/urls.py)."""

from django.urls import path

from commitments.web import (
    about,
    changes,
    commitments,
    data,
    documents,
    editions,
    evidence,
    feeds,
    method,
    overview,
    report_files,
    reports,
)

app_name = "web"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("commitments/", commitments.commitment_list, name="commitment-list"),
    path("commitments.csv", commitments.commitment_csv, name="commitment-csv"),
    path("commitments.jsonl", commitments.commitment_jsonl, name="commitment-jsonl"),
    path("commitments.xlsx", commitments.commitment_xlsx, name="commitment-xlsx"),
    path("commitments.json", commitments.commitment_json, name="commitment-json"),
    path("commitments/<slug:document>/<str:code>/", commitments.commitment_detail, name="commitment-detail"),
    path("commitments/<slug:document>/<str:code>/changes.atom", feeds.commitment_feed, name="commitment-feed"),
    path("evidence/", evidence.evidence_list, name="evidence-list"),
    path("evidence/<str:code>/", evidence.evidence_detail, name="evidence-detail"),
    path("evidence/<str:code>/file/", evidence.evidence_file, name="evidence-file"),
    path("changes/", changes.change_list, name="change-list"),
    path("changes.atom", feeds.change_feed, name="change-feed"),
    path("documents/", documents.document_list, name="document-list"),
    path("documents/<slug:document>/", documents.document_detail, name="document-detail"),
    path("reports/", reports.report, name="report"),
    path("reports.csv", reports.report_csv, name="report-csv"),
    path("reports.xlsx", reports.report_xlsx, name="report-xlsx"),
    path("editions/", editions.edition_list, name="edition-list"),
    path("editions/<int:number>/", editions.edition_detail, name="edition-detail"),
    path("editions/<int:number>.zip", editions.edition_zip, name="edition-zip"),
    path("editions/<int:number>.json", editions.edition_json, name="edition-json"),
    path("editions/<int:before>/compare/<int:after>/", editions.edition_compare, name="edition-compare"),
    path("editions/<int:before>/compare/<int:after>.csv", editions.edition_compare_csv, name="edition-compare-csv"),
    path("editions/<int:number>/<slug:document>/<str:code>/", editions.edition_commitment, name="edition-commitment"),
    path("reports/make/", report_files.make, name="report-make"),
    path("reports/made/<slug:token>/", report_files.made, name="report-made"),
    path("reports/made/<slug:token>/file/", report_files.made_file, name="report-made-file"),
    path("methodology/", method.methodology, name="methodology"),
    path("about/", about.about, name="about"),
    path("data/", data.data, name="data"),
]
