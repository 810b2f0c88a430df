module shop.example/worker

go 1.21
